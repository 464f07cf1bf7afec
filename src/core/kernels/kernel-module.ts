import { KernelMemory } from './kernel-memory.ts';

/** Kernels with a memory of their own. */
export interface KernelMachine<Kernels> {
  readonly kernels: Kernels;
  readonly memory: KernelMemory;
}

/** Starts machines from the base64 bytes of a module, which is compiled once. */
export function kernelModule<Kernels>(bytes: string): () => Promise<KernelMachine<Kernels>> {
  let compiled: Promise<WebAssembly.Module> | undefined;
  return async () => {
    compiled ??= WebAssembly.compile(Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0)));
    const memory = new KernelMemory();
    const { exports } = await WebAssembly.instantiate(await compiled, {
      env: { memory: memory.wasm },
    });
    // WebAssembly's exports have no types of their own; the tests call every kernel that is declared.
    return { kernels: exports as unknown as Kernels, memory };
  };
}
