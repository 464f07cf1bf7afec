import type { NetworkWriter } from '../network-writer.ts';
import { shapeText, type Tensor } from '../tensor.ts';
import { TfjsFault } from '../tfjs-fault.ts';

/** Puts a number before and after each side of images: pairs for N, height, width and channels. */
export function border(
  writer: NetworkWriter,
  images: Tensor,
  pairs: readonly (readonly [number, number])[],
  value: number,
): Tensor {
  const [batch = [0, 0], height = [0, 0], width = [0, 0], channels = [0, 0]] = pairs;
  if (pairs.length !== 4 || images.shape.length !== 4 || Math.max(...batch) > 0) {
    throw new TfjsFault(
      `puts a border of ${pairs.length} sides around [${shapeText(images.shape)}]`,
    );
  }
  const ordered = [batch, channels, height, width];
  const pads = writer.integers([
    ...ordered.map(([before]) => before),
    ...ordered.map(([, after]) => after),
  ]);
  const shape = images.shape.map((size, i) => {
    const [before, after] = pairs[i] ?? [0, 0];
    return size === null ? null : size + before + after;
  });
  const input = [writer.asFirst(images), pads, writer.scalar(value)];
  return writer.first(shape, writer.node('Pad', input));
}
