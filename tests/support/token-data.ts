import type { TrainingData } from '#core/models/estimator.ts';
import { RandomStream } from '#core/random.ts';

export interface TokenOptions {
  readonly seed: number;
  readonly rows?: number;
  /** Classes; 1 for values. */
  readonly outputs?: number;
  /** Places for words. */
  readonly length?: number;
  readonly codes?: number;
}

/** Texts as codes of words, each telling a class or a value; every ninth text has no word, and others fill all places. */
export function drawTokens({
  seed,
  rows = 60,
  outputs = 3,
  length = 6,
  codes = 11,
}: TokenOptions): TrainingData {
  const random = new RandomStream(seed);
  const values = new Float32Array(rows * length);
  const isClasses = outputs > 1;
  const target = Float64Array.from({ length: rows }, (_, row) => {
    const words = row % 9 === 8 ? 0 : 1 + random.integer(length);
    let sum = 0;
    for (let k = 0; k < words; k += 1) {
      const code = 1 + random.integer(codes - 1);
      values[row * length + k] = code;
      sum += code / codes;
    }
    const mean = sum / Math.max(1, words);
    if (!isClasses) return 4 * mean - 2;
    // Every class is there: the first rows have one each.
    return row < outputs ? row : Math.min(outputs - 1, Math.floor(outputs * mean));
  });
  const names = Array.from({ length }, (_, k) => `text: word ${k + 1}`);
  return {
    task: isClasses ? 'classification' : 'regression',
    features: { rows, width: length, values, names, tokens: { length, codes } },
    target,
    outputs,
    ...(!isClasses && { targetScale: { mean: 20, standardDeviation: 2 } }),
  };
}
