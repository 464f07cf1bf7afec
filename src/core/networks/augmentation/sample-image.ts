import type { ImageShape } from '#core/features/matrix.ts';
import type { Placement } from './placement.ts';

/** Where an image stands in a list of numbers: [height, width, channels] from `at` on. */
export interface ImagePlace {
  readonly values: Float32Array;
  readonly at: number;
}

/**
 * Takes each pixel of a new image from where it lies in the old one, between four pixels by how near it is to each
 * (bilinear); outside, the nearest pixel of the edge. Where it lies on a pixel, or between equal ones, it is that number.
 */
export function sampleImage(
  { values: from, at: start }: ImagePlace,
  { height, width, channels }: ImageShape,
  { across, down }: Placement,
  { values: to, at }: ImagePlace,
): void {
  const [acrossX, acrossY, acrossFrom] = across;
  const [downX, downY, downFrom] = down;
  const line = width * channels;
  let place = at;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const column = within(acrossX * x + acrossY * y + acrossFrom, width - 1);
      const row = within(downX * x + downY * y + downFrom, height - 1);
      const [left, top] = [Math.floor(column), Math.floor(row)];
      const [shareX, shareY] = [column - left, row - top];
      const first = start + top * line + left * channels;
      const right = shareX > 0 ? channels : 0;
      const below = shareY > 0 ? line : 0;
      for (let k = first; k < first + channels; k += 1) {
        const upper = between(from[k] ?? 0, from[k + right] ?? 0, shareX);
        const lower = between(from[k + below] ?? 0, from[k + below + right] ?? 0, shareX);
        to[place] = between(upper, lower, shareY);
        place += 1;
      }
    }
  }
}

function within(value: number, most: number): number {
  return Math.max(0, Math.min(most, value));
}

function between(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}
