import { version_core as tfjsVersion } from '@tensorflow/tfjs-core';
// After tfjs-core: it registers one gradient twice, and then asks a flag that tfjs-core registers.
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import * as ort from 'onnxruntime-web/wasm';
import type { Engine } from '#core/engine.ts';
import { ONE_THREAD, type Threads } from '#core/parallel/threads.ts';
import type { ProbeResult } from '#core/protocol/train-worker.ts';
import type { BackendChoice } from '#core/spec/spec.ts';
import { activateBackend } from './backends.ts';
import { openModelWith } from './open-model.ts';
import { probeBackends, probeReason } from './probe.ts';
import { networkRateFinders, networkTrainers } from './networks/registry.ts';
import { wasmFiles } from './wasm-files.ts';

/**
 * The engine of a worker in the tab.
 * @param probe an earlier probe of this browser, so that `auto` need not time again
 * @param threads other workers that may take part in training
 */
export async function createBrowserEngine(
  choice: BackendChoice,
  probe: ProbeResult | null = null,
  threads: Threads = ONE_THREAD,
): Promise<Engine> {
  const timed = choice === 'auto' ? (probe ?? (await probeBrowser())) : null;
  const backend = await activateBackend(
    choice === 'auto' ? (timed?.chosen ?? 'wasm') : choice,
    wasmFiles,
  );
  return {
    backend: { ...backend, reason: timed === null ? 'set by hand' : probeReason(timed) },
    trainers: networkTrainers(backend.name),
    rateFinders: networkRateFinders(backend.name),
    threads,
    versions: { tfjs: tfjsVersion, onnxruntime: ort.env.versions.web ?? 'unknown' },
    runtime: browserName(navigator.userAgent),
    openModel: (bytes) => openModelWith(ort, bytes),
  };
}

/** Times webgpu, wasm and cpu in this browser. */
export function probeBrowser(): Promise<ProbeResult> {
  return probeBackends(['webgpu', 'wasm', 'cpu'], wasmFiles);
}

/** Browser and version, for example `Chrome 156`. */
function browserName(userAgent: string): string {
  for (const name of ['Edg', 'Firefox', 'Chrome', 'Version'] as const) {
    const version = new RegExp(`${name}/(\\d+)`).exec(userAgent)?.[1];
    if (version !== undefined) {
      return `${name === 'Version' ? 'Safari' : name === 'Edg' ? 'Edge' : name} ${version}`;
    }
  }
  return userAgent;
}
