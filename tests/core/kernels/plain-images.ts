// The plain twins of the kernels of assembly/networks for images: an image is lines of pixels of channels, float32.

export type Image = readonly (readonly (readonly number[])[])[];

const { fround } = Math;

/** The windows of an image, each with its lines one behind the other. */
export function plainPatches(image: Image, size: number, stride: number): number[][] {
  return windowCorners(image, size, stride).map(([y, x]) =>
    image.slice(y, y + size).flatMap((line) => line.slice(x, x + size).flat()),
  );
}

/** Adds each row to the window of an image that it stands for. */
export function addedPatches(
  image: Image,
  patches: readonly (readonly number[])[],
  size: number,
  stride: number,
): number[][][] {
  const sums = image.map((line) => line.map((pixel) => [...pixel]));
  for (const [i, [top, left]] of windowCorners(image, size, stride).entries()) {
    const numbers = patches[i]?.values() ?? [].values();
    for (const line of sums.slice(top, top + size)) {
      for (const pixel of line.slice(left, left + size)) {
        for (const [c, sum] of pixel.entries())
          pixel[c] = fround(sum + (numbers.next().value ?? 0));
      }
    }
  }
  return sums;
}

/** Of each two by two pixels the largest, and whose it is: the first where several are. */
export function plainMaxPool(
  image: Image,
): { line: number; pixel: number; c: number; top: number }[] {
  return windowCorners(image, 2, 2).flatMap(([y, x]) =>
    (image[y]?.[x] ?? []).map((_, c) => {
      const four = [y, y + 1].flatMap((line) =>
        [x, x + 1].map((pixel) => ({ line, pixel, c, top: image[line]?.[pixel]?.[c] ?? NaN })),
      );
      return four.reduce((best, one) => (one.top > best.top ? one : best));
    }),
  );
}

function windowCorners(image: Image, size: number, stride: number): [number, number][] {
  const [height, width] = [image.length, image[0]?.length ?? 0];
  const corners: [number, number][] = [];
  for (let y = 0; y + size <= height; y += stride) {
    for (let x = 0; x + size <= width; x += stride) corners.push([y, x]);
  }
  return corners;
}
