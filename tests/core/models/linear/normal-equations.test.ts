import { describe, expect, it } from 'vitest';
import type { TrainingData } from '#core/models/estimator.ts';
import { normalEquations } from '#core/models/linear/normal-equations.ts';
import { Breather } from '#core/breather.ts';
import { RandomStream } from '#core/random.ts';

/** Features around 1000, and rows that count 0, 1 or 2. */
function draw(rows: number, width: number): TrainingData {
  const random = new RandomStream(width);
  const values = Float32Array.from({ length: rows * width }, () => 1000 + random.normal());
  const names = Array.from({ length: width }, (_, j) => `x${j}`);
  return {
    task: 'regression',
    features: { rows, width, values, names },
    target: Float64Array.from({ length: rows }, () => random.normal()),
    weights: Float64Array.from({ length: rows }, (_, i) => i % 3),
    outputs: 1,
  };
}

const sum = (length: number, of: (i: number) => number): number =>
  Array.from({ length }, (_, i) => of(i)).reduce((total, one) => total + one, 0);

describe('normal equations', () => {
  it.each([
    [90, 0],
    [515, 3],
    [40, 64],
    [31, 70],
  ])('of %i rows and %i features are sums of centred products', async (rows, width) => {
    const data = draw(rows, width);
    const found = await normalEquations(data, new Breather());
    const count = (i: number): number => data.weights?.[i] ?? NaN;
    const total = sum(rows, count);
    const cell = (i: number, j: number): number =>
      (j === width ? data.target[i] : data.features.values[i * width + j]) ?? NaN;
    const means = Array.from(
      { length: width + 1 },
      (_, j) => sum(rows, (i) => count(i) * cell(i, j)) / total,
    );
    const product = (j: number, k: number): number =>
      sum(
        rows,
        (i) => count(i) * (cell(i, j) - (means[j] ?? NaN)) * (cell(i, k) - (means[k] ?? NaN)),
      );
    expect(found.targetMean).toBeCloseTo(means[width] ?? NaN, 12);
    for (let j = 0; j < width; j += 1) {
      expect(found.means[j]).toBeCloseTo(means[j] ?? NaN, 9);
      expect(found.right[j]).toBeCloseTo(product(j, width), 8);
      for (const k of new Set([0, j, width - 1])) {
        expect(found.gram[j * width + k]).toBeCloseTo(product(j, k), 8);
      }
    }
  });
});
