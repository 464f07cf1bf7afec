import { crewOf, crewOfOne, type CallOf, type Crew } from '#core/parallel/crew.ts';
import { ONE_THREAD, type Threads } from '#core/parallel/threads.ts';
import { KernelMemory } from './kernel-memory.ts';
import { forSharedMemory } from './shared-module.ts';

/** Kernels with a memory of their own. */
export interface KernelMachine<Kernels> {
  readonly kernels: Kernels;
  readonly memory: KernelMemory;
  /** The threads that can call the kernels, this one alone or also others. Whoever lent some ends it. */
  readonly crew: Crew<CallOf<Kernels>>;
}

/** Compiles a module from its base64 bytes, once and when it is first asked for. */
export function compiledModule(text: string): () => Promise<WebAssembly.Module> {
  let compiled: Promise<WebAssembly.Module> | null = null;
  return () => {
    compiled ??= WebAssembly.compile(bytesOf(text));
    return compiled;
  };
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
}

/** Starts machines from the base64 bytes of a module, which is compiled once, and once more for several threads. */
export function kernelModule<Kernels>(
  text: string,
): (threads?: Threads) => Promise<KernelMachine<Kernels>> {
  const compiled = new Map<boolean, Promise<WebAssembly.Module>>();
  const moduleOf = (shared: boolean): Promise<WebAssembly.Module> => {
    const known = compiled.get(shared);
    if (known !== undefined) return known;
    const bytes = bytesOf(text);
    const module = WebAssembly.compile(shared ? forSharedMemory(bytes) : bytes);
    compiled.set(shared, module);
    return module;
  };
  return async (threads = ONE_THREAD) => {
    const shared = threads.count > 1;
    const module = await moduleOf(shared);
    const memory = new KernelMemory(shared);
    const { exports } = await WebAssembly.instantiate(module, { env: { memory: memory.wasm } });
    return {
      // WebAssembly's exports have no types of their own; the tests call every kernel that is declared.
      kernels: exports as unknown as Kernels,
      memory,
      crew: shared ? crewOf(threads, module, memory, exports) : crewOfOne(exports),
    };
  };
}
