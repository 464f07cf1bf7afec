import { bytesOfBase64 } from '#core/base64.ts';
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

/** A module, for a memory that threads share or not. */
type ModuleSource = (shared: boolean) => Promise<WebAssembly.Module>;

/** Compiles a module from its base64 bytes, once for each kind of memory, and when it is first asked for. */
export function compiledModule(text: string): ModuleSource {
  const compiled = new Map<boolean, Promise<WebAssembly.Module>>();
  return (shared) => {
    const known = compiled.get(shared);
    if (known !== undefined) return known;
    const bytes = bytesOfBase64(text);
    const module = WebAssembly.compile(shared ? forSharedMemory(bytes) : bytes);
    compiled.set(shared, module);
    return module;
  };
}

/**
 * Starts machines from the base64 bytes of a module.
 * @param more modules whose kernels work in the same memory
 */
export function kernelModule<Kernels>(
  text: string,
  ...more: readonly ModuleSource[]
): (threads?: Threads) => Promise<KernelMachine<Kernels>> {
  const sources = [compiledModule(text), ...more];
  return async (threads = ONE_THREAD) => {
    const shared = threads.count > 1;
    const memory = new KernelMemory(shared);
    const [module, ...others] = await Promise.all(sources.map((source) => source(shared)));
    if (module === undefined) throw new RangeError('there is no module');
    const exports: WebAssembly.Exports = {};
    for (const one of [module, ...others]) {
      const instance = await WebAssembly.instantiate(one, { env: { memory: memory.wasm } });
      Object.assign(exports, instance.exports);
    }
    return {
      // WebAssembly's exports have no types of their own; the tests call every kernel that is declared.
      kernels: exports as unknown as Kernels,
      memory,
      crew: shared ? crewOf(threads, module, memory, exports, others) : crewOfOne(exports),
    };
  };
}
