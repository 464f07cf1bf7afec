import { readImageHeader } from '#core/data/read/images/image-header.ts';
import { decodeBmp } from './decode-bmp.ts';
import { decodeGif } from './decode-gif.ts';
import { decodeJpeg } from './decode-jpeg.ts';
import { decodePng } from './decode-png.ts';
import { decodeWebp } from './decode-webp.ts';
import { ImageFault, type Raster } from './raster.ts';

/** Pixels of an image that is decoded; they take 4 bytes each. */
const MOST_PIXELS = 50_000_000;

const decoders: Readonly<Record<string, (bytes: Uint8Array) => Raster | Promise<Raster>>> = {
  PNG: decodePng,
  JPEG: decodeJpeg,
  GIF: decodeGif,
  WebP: decodeWebp,
  BMP: decodeBmp,
};

/**
 * The pixels of an image file, the same in a tab, a worker and on Node, which a canvas does not promise.
 * @throws ImageFault that says what is wrong with the file, completing "… is"
 */
export async function decodeImage(bytes: Uint8Array): Promise<Raster> {
  const header = readImageHeader(bytes);
  if (typeof header === 'string') throw new ImageFault(header);
  const { width, height, format } = header;
  if (width * height > MOST_PIXELS) {
    throw new ImageFault(
      `too large: it has ${width} × ${height} pixels, and at most ${MOST_PIXELS.toLocaleString('en-US')} are decoded`,
    );
  }
  const decode = decoders[format.name];
  if (decode === undefined) throw new ImageFault(`a ${format.name}, which is not decoded`);
  try {
    return await decode(bytes);
  } catch (thrown) {
    // A place past the end, in our own code or in a decoder's memory.
    const isLost = thrown instanceof RangeError || thrown instanceof WebAssembly.RuntimeError;
    throw isLost ? new ImageFault('damaged: its parts contradict each other') : thrown;
  }
}
