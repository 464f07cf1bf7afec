import { orientationOf } from './exif-orientation.ts';
import { emptyRaster, ImageFault, type Raster } from './raster.ts';
import { turned } from './turn.ts';
import { allocate, handOver, unexpected, wasmCodec, type CodecExports } from './wasm-codec.ts';

interface JpegTurbo extends CodecExports {
  tjInitDecompress(): number;
  tjDecompressHeader3(
    handle: number,
    bytes: number,
    length: number,
    width: number,
    height: number,
    subsampling: number,
    colours: number,
  ): number;
  tjDecompress2(
    handle: number,
    bytes: number,
    length: number,
    out: number,
    width: number,
    rowBytes: number,
    height: number,
    format: number,
    flags: number,
  ): number;
  tjDestroy(handle: number): number;
}

const RGBA = 7;

const withCodec = wasmCodec<JpegTurbo>(
  async () => (await import('./jpeg-turbo-wasm.ts')).jpegTurboWasm,
  {
    env: { setjmp: () => 0, longjmp: unexpected },
    wasi_snapshot_preview1: {
      environ_sizes_get: () => 0,
      environ_get: unexpected,
      proc_exit: unexpected,
      fd_close: unexpected,
      fd_seek: unexpected,
      fd_write: unexpected,
    },
  },
);

/**
 * JPEG by libjpeg-turbo, as most programs decode it: integer arithmetic, so the bits are the same everywhere. Turned as
 * its EXIF says.
 * @throws ImageFault for a damaged one, and for colours of print (CMYK)
 */
export async function decodeJpeg(bytes: Uint8Array): Promise<Raster> {
  const raster = await withCodec((codec) => decodeWith(codec, bytes));
  return turned(raster, orientationOf(bytes));
}

function decodeWith(codec: JpegTurbo, bytes: Uint8Array): Raster {
  const input = handOver(codec, bytes);
  const facts = allocate(codec, 16);
  const handle = codec.tjInitDecompress();
  if (handle === 0) unexpected();
  if (
    codec.tjDecompressHeader3(
      handle,
      input,
      bytes.length,
      facts,
      facts + 4,
      facts + 8,
      facts + 12,
    ) !== 0
  ) {
    unexpected();
  }
  const [width = 0, height = 0, , colours = 0] = new Int32Array(codec.memory.buffer, facts, 4);
  if (colours >= 3) throw new ImageFault('a JPEG in colours of print (CMYK): save it in RGB');
  const raster = emptyRaster(width, height);
  const { length } = raster.data;
  const out = allocate(codec, length);
  // Also what is merely doubtful, such as data that end before the image does, is a failure here.
  if (
    codec.tjDecompress2(handle, input, bytes.length, out, width, 4 * width, height, RGBA, 0) !== 0
  ) {
    unexpected();
  }
  raster.data.set(new Uint8Array(codec.memory.buffer, out, length));
  codec.tjDestroy(handle);
  for (const pointer of [input, facts, out]) codec.free(pointer);
  return raster;
}
