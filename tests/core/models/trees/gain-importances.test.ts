import { describe, expect, it } from 'vitest';
import type { WeightTensor } from '#core/models/weight-tensor.ts';
import { gainImportances, meanImportances } from '#core/models/trees/gain-importances.ts';

/** Three trees: one splits by features 0 and 2, one is a leaf alone, one splits by feature 2. */
const weights: readonly WeightTensor[] = [
  { name: 'tree_start', shape: [3], values: Int32Array.of(0, 5, 6) },
  { name: 'feature', shape: [9], values: Int32Array.of(0, 2, -1, -1, -1, -1, 2, -1, -1) },
  { name: 'gain', shape: [9], values: Float32Array.of(3, 1, 0, 0, 0, 0, 4, 0, 0) },
];

describe('importances by gain', () => {
  it('are shares of what all trees gained', () => {
    expect([...gainImportances(weights, 4)]).toEqual([3 / 8, 0, 5 / 8, 0]);
  });

  it('of a forest are the mean of each tree’s own, without trees that do not split', () => {
    expect([...meanImportances(weights, 4)]).toEqual([0.375, 0, 0.625, 0]);
    const second = weights.map((one) =>
      one.name === 'gain' ? { ...one, values: Float32Array.of(1, 1, 0, 0, 0, 0, 100, 0, 0) } : one,
    );
    expect([...meanImportances(second, 3)]).toEqual([0.25, 0, 0.75]);
  });

  it('are all 0 where nothing is gained', () => {
    const leaf: readonly WeightTensor[] = [
      { name: 'tree_start', shape: [1], values: Int32Array.of(0) },
      { name: 'feature', shape: [1], values: Int32Array.of(-1) },
      { name: 'gain', shape: [1], values: Float32Array.of(0) },
    ];
    expect([...gainImportances(leaf, 2)]).toEqual([0, 0]);
    expect([...meanImportances(leaf, 2)]).toEqual([0, 0]);
  });
});
