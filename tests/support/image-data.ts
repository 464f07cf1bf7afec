import type { ImageShape } from '#core/features/matrix.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import { RandomStream } from '#core/random.ts';

export interface ImageOptions {
  readonly seed: number;
  readonly rows?: number;
  /** Classes; 1 for values. */
  readonly outputs?: number;
  readonly image?: ImageShape;
}

/** Small images with a bright spot in noise: where it is, from left to right, tells the class or the value. */
export function drawImages({
  seed,
  rows = 60,
  outputs = 3,
  image = { height: 6, width: 5, channels: 2 },
}: ImageOptions): TrainingData {
  const { height, width, channels } = image;
  const random = new RandomStream(seed);
  const size = height * width * channels;
  const values = Float32Array.from({ length: rows * size }, () => random.normal() / 4);
  const isClasses = outputs > 1;
  const target = Float64Array.from({ length: rows }, (_, i) => {
    const column = random.integer(width);
    const pixel = random.integer(height) * width + column;
    for (let c = 0; c < channels; c += 1) values[i * size + pixel * channels + c] = 2;
    // Every class is there: the first rows have one each.
    if (isClasses) return i < outputs ? i : Math.floor((column * outputs) / width);
    return column - (width - 1) / 2;
  });
  const names = Array.from({ length: size }, (_, j) => `p${j}`);
  return {
    task: isClasses ? 'classification' : 'regression',
    features: { rows, width: size, values, names, image },
    target,
    outputs,
    ...(!isClasses && { targetScale: { mean: 20, standardDeviation: 2 } }),
  };
}
