import type { TrainingData } from '#core/models/estimator.ts';
import { draw, scales, withConstant } from './draw-data.ts';
import type { ModelCase } from './model-case.ts';

type Rule = readonly [
  k: number,
  weights: 'uniform' | 'distance',
  metric: 'euclidean' | 'manhattan',
];

const neighbours = (name: string, [k, weights, metric]: Rule, data: TrainingData): ModelCase => ({
  name: `nearest neighbours, ${name}`,
  model: 'nearest_neighbours',
  parameters: { k, weights, metric },
  data,
});

/** Predictions are of the training rows themselves, so that weights by distance meet distances of 0. */
export const neighbourCases: readonly ModelCase[] = [
  neighbours(
    'one',
    [1, 'uniform', 'euclidean'],
    draw({ seed: 61, rows: 90, width: 4, outputs: 2 }),
  ),
  neighbours(
    'classes',
    [5, 'uniform', 'euclidean'],
    draw({ seed: 62, rows: 200, width: 5, outputs: 3 }),
  ),
  neighbours(
    'values',
    [7, 'uniform', 'euclidean'],
    draw({ seed: 63, rows: 200, width: 5, outputs: 1 }),
  ),
  neighbours(
    'by distance',
    [5, 'distance', 'euclidean'],
    draw({ seed: 64, rows: 90, width: 4, outputs: 1 }),
  ),
  neighbours(
    'manhattan',
    [9, 'uniform', 'manhattan'],
    draw({ seed: 65, rows: 200, width: 5, outputs: 4 }),
  ),
  neighbours(
    'manhattan by distance',
    [9, 'distance', 'manhattan'],
    draw({ seed: 66, rows: 90, width: 5, outputs: 2 }),
  ),
  neighbours(
    'all rows',
    [90, 'uniform', 'euclidean'],
    draw({ seed: 67, rows: 90, width: 3, outputs: 3 }),
  ),
  neighbours(
    'wide',
    [3, 'uniform', 'euclidean'],
    draw({ seed: 68, rows: 60, width: 200, outputs: 1 }),
  ),
  neighbours(
    'far from 0 and badly scaled',
    [5, 'uniform', 'euclidean'],
    draw({ seed: 69, rows: 200, width: 5, outputs: 1, offset: 1e5, scaleOf: scales(1, 5) }),
  ),
  neighbours('a constant feature', [5, 'uniform', 'manhattan'], withConstant(70, 3)),
];
