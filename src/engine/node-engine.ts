import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
// The umbrella package registers the gradients of tfjs-core, which Node cannot import one by one.
import '@tensorflow/tfjs';
import { version_core as tfjsVersion } from '@tensorflow/tfjs-core';
import * as ort from 'onnxruntime-web';
import type { Engine } from '#core/engine.ts';
import { BACKEND_UNAVAILABLE, inputError } from '#core/errors.ts';
import { restingThreads } from '#core/parallel/resting-threads.ts';
import type { BackendChoice } from '#core/spec/spec.ts';
import { activateBackend } from './backends.ts';
import { openModelWith } from './open-model.ts';
import { probeBackends, probeReason } from './probe.ts';
import { networkRateFinders, networkTrainers } from './networks/registry.ts';
import { nodeThreads } from './node-threads.ts';

const wasmFolder = join(
  dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json')),
  'dist',
  '/',
);

/**
 * The engine of the command line. `auto` times wasm and cpu; Node has no WebGPU.
 * @param threads how many may train, as many as the machine has use for unless said
 */
export async function createNodeEngine(choice: BackendChoice, threads?: number): Promise<Engine> {
  if (choice === 'webgpu') {
    throw inputError(
      BACKEND_UNAVAILABLE,
      'The backend webgpu does not run on the command line.',
      'Use --backend wasm or cpu here; webgpu runs in the browser.',
      { path: 'backend' },
    );
  }
  const probe = choice === 'auto' ? await probeBackends(['wasm', 'cpu'], wasmFolder) : null;
  const backend = await activateBackend(
    probe?.chosen ?? (choice === 'cpu' ? 'cpu' : 'wasm'),
    wasmFolder,
  );
  return {
    backend: { ...backend, reason: probe === null ? 'set by hand' : probeReason(probe) },
    trainers: networkTrainers(backend.name),
    rateFinders: networkRateFinders(backend.name),
    threads: restingThreads(nodeThreads(threads)),
    versions: { tfjs: tfjsVersion, onnxruntime: ort.env.versions.web ?? 'unknown' },
    runtime: `Node ${process.versions.node} on ${process.platform} ${process.arch}`,
    openModel: (bytes) => openModelWith(ort, bytes),
  };
}
