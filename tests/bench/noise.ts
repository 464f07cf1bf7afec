import type { ImageShape } from '#core/features/matrix.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import type { RandomStream } from '#core/random.ts';

/** Features of nothing but noise, and classes by chance: what is timed does not hang on what there is to learn. */
export interface NoiseShape {
  readonly width: number;
  readonly classes: number;
  /** Where the features are the pixels of an image. */
  readonly image?: ImageShape;
}

export function drawNoise(
  { width, classes, image }: NoiseShape,
  rows: number,
  random: RandomStream,
): TrainingData {
  const values = Float32Array.from({ length: rows * width }, () => random.normal());
  const target = Float64Array.from({ length: rows }, () => random.integer(classes));
  const names = Array.from({ length: width }, (_, i) => `x${i}`);
  return {
    task: 'classification',
    features: { rows, width, values, names, ...(image && { image }) },
    target,
    outputs: classes,
  };
}
