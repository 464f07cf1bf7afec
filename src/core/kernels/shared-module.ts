/** How a module's import of `env.memory` begins: two names with their lengths, and that it is a memory. */
const IMPORT = [...named('env'), ...named('memory'), 2] as const;
/** The flags that follow: most pages are said; and the same of a memory that threads share. */
const OWN = 1;
const SHARED = 3;

/**
 * The bytes of a kernels' module for a memory that threads share. A module says of the memory that it imports whether it
 * is shared; the compiled code is the same.
 */
export function forSharedMemory(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const shared = Uint8Array.from(bytes);
  const place = shared.findIndex((_, at) => IMPORT.every((byte, i) => shared[at + i] === byte));
  const flags = place + IMPORT.length;
  if (place < 0 || shared[flags] !== OWN) throw new RangeError('the module imports no memory');
  shared[flags] = SHARED;
  return shared;
}

function named(name: string): number[] {
  return [name.length, ...Array.from(name, (letter) => letter.charCodeAt(0))];
}
