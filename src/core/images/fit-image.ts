import type { FlatImage } from './flatten.ts';
import type { ImagePreprocessing } from './preprocessing.ts';
import { resized, type Box, type Size } from './resize.ts';

/** An image brought to a size, as Pillow's `resize`, `ImageOps.pad` and `ImageOps.fit` do it. */
export function fitted(
  image: FlatImage,
  { fit, width, height }: Pick<ImagePreprocessing, 'fit' | keyof Size>,
): FlatImage {
  const wanted = { width, height };
  switch (fit) {
    case 'crop':
      return resized(image, wanted, middleOf(image, wanted));
    case 'pad':
      return padded(resized(image, sizeWithin(image, wanted)), wanted);
    default:
      return resized(image, wanted);
  }
}

/** The largest part of an image that has the proportions of another size, from its middle. */
function middleOf({ width, height }: Size, wanted: Size): Box {
  const [own, ratio] = [width / height, wanted.width / wanted.height];
  const across = own >= ratio ? ratio * height : width;
  const down = own >= ratio ? height : width / ratio;
  const [left, top] = own === ratio ? [0, 0] : [(width - across) / 2, (height - down) / 2];
  return own === ratio
    ? { left, top, right: width, bottom: height }
    : { left, top, right: left + across, bottom: top + down };
}

/** The largest size of an image's own proportions that lies within another. */
function sizeWithin({ width, height }: Size, wanted: Size): Size {
  const [own, ratio] = [width / height, wanted.width / wanted.height];
  if (own === ratio) return wanted;
  return own > ratio
    ? { width: wanted.width, height: Math.max(1, halfToEven((height / width) * wanted.width)) }
    : { width: Math.max(1, halfToEven((width / height) * wanted.height)), height: wanted.height };
}

/** In the middle of black. */
function padded(image: FlatImage, { width, height }: Size): FlatImage {
  if (image.width === width && image.height === height) return image;
  const { channels } = image;
  const data = new Uint8Array(width * height * channels);
  const left = halfToEven((width - image.width) / 2);
  const top = halfToEven((height - image.height) / 2);
  const rowCells = image.width * channels;
  for (let y = 0; y < image.height; y += 1) {
    const row = image.data.subarray(y * rowCells, (y + 1) * rowCells);
    data.set(row, ((top + y) * width + left) * channels);
  }
  return { width, height, channels, data };
}

/** Rounded; what lies halfway goes to the even number. */
function halfToEven(value: number): number {
  const below = Math.floor(value);
  const isHalf = value - below === 0.5;
  return isHalf ? below + (below % 2) : Math.round(value);
}
