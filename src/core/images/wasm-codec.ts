import { bytesOfBase64 } from '#core/base64.ts';
import { ImageFault } from './raster.ts';

/** What a decoder compiled to WebAssembly gives: C's own allocation, beside its functions. */
export interface CodecExports {
  readonly memory: WebAssembly.Memory;
  malloc(bytes: number): number;
  free(pointer: number): void;
}

/** A memory that has grown past this is given up with the image that needed it. */
const KEPT_BYTES = 64 * 1024 * 1024;

/** Runs with a decoder in hand. */
type WithCodec<Exports> = <T>(use: (codec: Exports) => T) => Promise<T>;

/**
 * Runs a decoder. One instance serves image after image; after a failure, which may leave it in any state, the next
 * image gets a fresh one.
 * @param load gives the module's bytes, in base64
 */
export function wasmCodec<Exports extends CodecExports>(
  load: () => Promise<string>,
  imports: WebAssembly.Imports,
): WithCodec<Exports> {
  let compiled: Promise<WebAssembly.Module> | null = null;
  let instance: Exports | null = null;
  return async (use) => {
    compiled ??= load().then((text) => WebAssembly.compile(bytesOfBase64(text)));
    // WebAssembly's exports have no types of their own; decoding an image calls every one that is declared.
    const codec =
      instance ??
      ((await WebAssembly.instantiate(await compiled, imports)).exports as unknown as Exports);
    instance = null;
    const used = use(codec);
    if (codec.memory.buffer.byteLength <= KEPT_BYTES) instance = codec;
    return used;
  };
}

/** Room for so many bytes. @throws ImageFault where there is none */
export function allocate(codec: CodecExports, bytes: number): number {
  const pointer = codec.malloc(bytes);
  if (pointer === 0) throw new ImageFault('too large to be decoded in the memory that there is');
  return pointer;
}

/** Copies bytes in. */
export function handOver(codec: CodecExports, bytes: Uint8Array): number {
  const pointer = allocate(codec, bytes.length);
  new Uint8Array(codec.memory.buffer).set(bytes, pointer);
  return pointer;
}

/** Stands for what a decoder never calls unless it fails. */
export function unexpected(): never {
  throw new ImageFault('damaged: its pixels cannot be decoded');
}
