import { emptyRaster, type Raster } from './raster.ts';
import { allocate, handOver, unexpected, wasmCodec, type CodecExports } from './wasm-codec.ts';

interface WebP extends CodecExports {
  /** Allocates what it returns; 0 for what it cannot decode. */
  WebPDecodeRGBA(bytes: number, length: number, width: number, height: number): number;
}

const withCodec = wasmCodec<WebP>(async () => (await import('./webp-wasm.ts')).webpWasm, {
  wasi_snapshot_preview1: { fd_close: unexpected, fd_seek: unexpected, fd_write: unexpected },
});

/** WebP by libwebp, lossy or lossless. @throws ImageFault for a damaged or an animated one */
export function decodeWebp(bytes: Uint8Array): Promise<Raster> {
  return withCodec((codec) => {
    const input = handOver(codec, bytes);
    const size = allocate(codec, 8);
    const out = codec.WebPDecodeRGBA(input, bytes.length, size, size + 4);
    if (out === 0) unexpected();
    const [width = 0, height = 0] = new Int32Array(codec.memory.buffer, size, 2);
    const raster = emptyRaster(width, height);
    raster.data.set(new Uint8Array(codec.memory.buffer, out, raster.data.length));
    for (const pointer of [input, size, out]) codec.free(pointer);
    return raster;
  });
}
