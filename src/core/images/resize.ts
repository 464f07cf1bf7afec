import type { FlatImage } from './flatten.ts';

/** Bits behind the point of the weights; with 8 of a value and 2 to spare they fill a 32-bit number. */
const BITS = 22;
const HALF = 1 << (BITS - 1);

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A part of an image in pixels, which may begin and end inside one. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Resizes by a triangle filter as wide as a pixel of the result: bilinear where an image grows, and where it shrinks a
 * weighted mean of all pixels that fall into one. In whole numbers, across first and then down: within one of 255 levels
 * of Pillow's BILINEAR, which is written so but takes the cheaper direction first.
 * @param box what of the image becomes the whole of the result; all of it where absent
 */
export function resized(
  image: FlatImage,
  { width, height }: Size,
  box: Box = wholeOf(image),
): FlatImage {
  const { left, top, right, bottom } = box;
  const isAcross = width !== image.width || left !== 0 || right !== image.width;
  const isDown = height !== image.height || top !== 0 || bottom !== image.height;
  const across = isAcross
    ? resizedAcross(image, weightsOf(image.width, left, right, width))
    : image;
  return isDown ? resizedDown(across, weightsOf(image.height, top, bottom, height)) : across;
}

function wholeOf({ width, height }: Size): Box {
  return { left: 0, top: 0, right: width, bottom: height };
}

/** Of each pixel of the result: the first pixel that counts, and the weights from it on. */
type Weights = readonly { readonly first: number; readonly weights: Int32Array }[];

function weightsOf(size: number, from: number, to: number, wanted: number): Weights {
  const scale = (to - from) / wanted;
  const reach = Math.max(1, scale);
  return Array.from({ length: wanted }, (_, i) => {
    const centre = from + (i + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - reach + 0.5));
    const end = Math.min(size, Math.trunc(centre + reach + 0.5));
    const raw = Float64Array.from({ length: end - first }, (_, x) =>
      Math.max(0, 1 - Math.abs((x + first - centre + 0.5) * (1 / reach))),
    );
    const sum = raw.reduce((total, weight) => total + weight, 0);
    return { first, weights: Int32Array.from(raw, (weight) => (weight / sum) * (1 << BITS) + 0.5) };
  });
}

function resizedAcross({ width, height, channels, data }: FlatImage, all: Weights): FlatImage {
  const out = new Uint8Array(all.length * height * channels);
  for (let y = 0, to = 0; y < height; y += 1) {
    for (const { first, weights } of all) {
      for (let k = 0; k < channels; k += 1, to += 1) {
        let sum = HALF;
        let at = (y * width + first) * channels + k;
        for (let i = 0; i < weights.length; i += 1, at += channels)
          sum += (data[at] ?? 0) * (weights[i] ?? 0);
        out[to] = sum >> BITS;
      }
    }
  }
  return { width: all.length, height, channels, data: out };
}

function resizedDown({ width, channels, data }: FlatImage, all: Weights): FlatImage {
  const rowCells = width * channels;
  const out = new Uint8Array(all.length * rowCells);
  for (const [y, { first, weights }] of all.entries()) {
    for (let cell = 0; cell < rowCells; cell += 1) {
      let sum = HALF;
      let at = first * rowCells + cell;
      for (let i = 0; i < weights.length; i += 1, at += rowCells)
        sum += (data[at] ?? 0) * (weights[i] ?? 0);
      out[y * rowCells + cell] = sum >> BITS;
    }
  }
  return { width, height: all.length, channels, data: out };
}
