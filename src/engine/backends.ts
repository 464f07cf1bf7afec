import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from '#core/engine.ts';
import { BACKEND_UNAVAILABLE, runError } from '#core/errors.ts';

// Leaves out tfjs's checks for developers, and its advertisement on Node.
tf.enableProdMode();

/** Where tfjs finds its wasm files: a folder on Node, or one URL per file in a build. */
export type WasmPaths = string | Readonly<Record<string, string>>;

export interface ActiveBackend {
  readonly name: BackendName;
  readonly adapter: string | null;
}

/**
 * Makes a tfjs backend the current one, loading it on first use. wasm runs on one thread everywhere:
 * its threaded build needs `blob:` workers, which the Content-Security-Policy forbids, and with one
 * thread the tab and Node give the same bits.
 * @throws TerrariumError where the backend does not start here
 */
export async function activateBackend(
  name: BackendName,
  wasmPaths: WasmPaths,
): Promise<ActiveBackend> {
  try {
    const adapter = await loadBackend(name, wasmPaths);
    if (!(await tf.setBackend(name))) throw new Error('it did not start');
    await tf.ready();
    return { name, adapter };
  } catch (thrown) {
    throw runError(
      BACKEND_UNAVAILABLE,
      `The backend ${name} does not run here: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      'Choose another backend, or auto.',
      { backend: name },
    );
  }
}

async function loadBackend(name: BackendName, wasmPaths: WasmPaths): Promise<string | null> {
  if (name === 'cpu') {
    await import('@tensorflow/tfjs-backend-cpu');
    return null;
  }
  if (name === 'wasm') {
    await (wasmReady ??= prepareWasm(wasmPaths));
    return null;
  }
  const adapter = await gpuAdapter();
  if (adapter === null) throw new Error('there is no WebGPU adapter');
  await import('@tensorflow/tfjs-backend-webgpu');
  keepOneOrder();
  const { vendor, architecture, device, description } = adapter.info;
  return [vendor, architecture, device, description].filter((part) => part !== '').join(' ');
}

/** Products by tiles of sums, each of which one thread adds up; tfjs's number of that way. */
const BY_TILES = 3;

/**
 * Has tfjs's webgpu add in one order: left alone it cuts long sums up among threads that add their parts atomically, as they
 * come. And has it compute everything on the GPU: what has not been there yet, as all that comes from a checkpoint, it would
 * compute on the CPU, with other last bits.
 */
function keepOneOrder(): void {
  tf.env().set('WEBGPU_MATMUL_PROGRAM_TYPE', BY_TILES);
  tf.env().set('WEBGPU_CPU_FORWARD', false);
}

/** tfjs takes its wasm paths once, before the backend first starts. */
let wasmReady: Promise<void> | undefined;

async function prepareWasm(paths: WasmPaths): Promise<void> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (typeof paths === 'string') setWasmPaths(paths);
  else setWasmPaths({ ...paths });
}

/** The GPU adapter, or null where the browser has or shows none. */
export async function gpuAdapter(): Promise<GPUAdapter | null> {
  const scope: { readonly navigator?: { readonly gpu?: GPU } } = globalThis;
  return (await scope.navigator?.gpu?.requestAdapter()) ?? null;
}
