import { bmp } from './bmp.ts';
import { gif } from './gif.ts';
import type { ImageFacts, ImageFormat } from './image-format.ts';
import { jpeg } from './jpeg.ts';
import { png } from './png.ts';
import { webp } from './webp.ts';

/** What can be shown by every browser, and so be looked at. */
const imageFormats: readonly ImageFormat[] = [png, jpeg, gif, webp, bmp];

/** Longest side of an image, in pixels: what browsers can draw. */
const MAX_SIDE = 32_767;
/** As many as a large camera takes; decoded they have 400 MB. */
const MAX_PIXELS = 100_000_000;

export type ImageHeader = ImageFacts & { readonly format: ImageFormat };

/**
 * Reads an image file's kind and size, and looks whether all of it is there.
 * @returns what is wrong with it, completing "… is", where it is none that can be used
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader | string {
  const format = imageFormats.find((one) => one.recognizes(bytes));
  if (bytes.length === 0) return 'empty';
  if (format === undefined)
    return 'no image: its bytes are those of no PNG, JPEG, GIF, WebP or BMP';
  const size = format.read(bytes);
  if (size === 'cut') return `cut off: the ${format.name} ends before its image does`;
  if (size === 'damaged') return `damaged: it begins like a ${format.name} and goes on otherwise`;
  const { width, height, grey } = size;
  if (width === 0 || height === 0) return `an image of ${width} × ${height} pixels`;
  if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS) {
    return `too large: it says that it has ${inWords(width)} × ${inWords(height)} pixels, and at most ${inWords(MAX_PIXELS)} can be shown`;
  }
  return { width, height, ...(grey === true && { grey }), format };
}

function inWords(count: number): string {
  return count.toLocaleString('en-US');
}
