import type { TrainingData } from '#core/models/estimator.ts';
import { counts, draw, scales, weighted, withConstant } from './draw-data.ts';
import type { ModelCase } from './model-case.ts';

const bayes = (
  kind: string,
  name: string,
  [smoothing, alpha]: readonly [number, number],
  data: TrainingData,
): ModelCase => ({
  name: `naive Bayes, ${kind}, ${name}`,
  model: 'naive_bayes',
  parameters: { kind, var_smoothing: smoothing, alpha },
  data,
});

export const bayesCases: readonly ModelCase[] = [
  bayes('gaussian', 'two classes', [1e-9, 1], draw({ seed: 41, rows: 200, width: 5, outputs: 2 })),
  bayes('gaussian', 'four classes', [1e-9, 1], draw({ seed: 42, rows: 300, width: 8, outputs: 4 })),
  bayes('gaussian', 'smooth', [0.5, 1], draw({ seed: 43, rows: 200, width: 5, outputs: 3 })),
  bayes(
    'gaussian',
    'far from 0 and badly scaled',
    [1e-12, 1],
    draw({ seed: 44, rows: 300, width: 5, outputs: 3, offset: 1e4, scaleOf: scales(1, 5) }),
  ),
  bayes('gaussian', 'a constant feature', [1e-9, 1], withConstant(45, 3)),
  bayes('gaussian', 'wide', [1e-9, 1], draw({ seed: 46, rows: 60, width: 200, outputs: 2 })),
  bayes(
    'gaussian',
    'rows of unequal weight',
    [1e-9, 1],
    weighted(draw({ seed: 47, rows: 200, width: 5, outputs: 3 })),
  ),
  bayes('bernoulli', 'usual', [1e-9, 1], draw({ seed: 51, rows: 200, width: 6, outputs: 3 })),
  bayes(
    'bernoulli',
    'hardly smoothed',
    [1, 1e-10],
    draw({ seed: 52, rows: 200, width: 6, outputs: 2 }),
  ),
  bayes(
    'bernoulli',
    'all above 0',
    [1, 1],
    draw({ seed: 53, rows: 90, width: 4, outputs: 2, offset: 9 }),
  ),
  bayes(
    'bernoulli',
    'rows of unequal weight',
    [1, 2],
    weighted(draw({ seed: 54, rows: 200, width: 6, outputs: 3 })),
  ),
  bayes(
    'multinomial',
    'usual',
    [1, 1],
    counts(draw({ seed: 55, rows: 200, width: 6, outputs: 3 })),
  ),
  bayes(
    'multinomial',
    'much smoothed',
    [1, 50],
    counts(draw({ seed: 56, rows: 90, width: 9, outputs: 2 })),
  ),
  bayes(
    'multinomial',
    'rows of unequal weight',
    [1, 0.1],
    weighted(counts(draw({ seed: 57, rows: 200, width: 6, outputs: 3 }))),
  ),
];
