import type { TrainingData } from '#core/models/estimator.ts';
import type { ParameterValues } from '#core/spec/parameters.ts';
import { counts, draw, scales, weighted } from './draw-data.ts';

/** A model, its parameters and the arrays that it and scikit-learn's are trained on. */
export interface ModelCase {
  readonly name: string;
  /** Its name in the registry. */
  readonly model: string;
  readonly parameters: ParameterValues;
  readonly data: TrainingData;
}

const logistic = (name: string, C: number, data: TrainingData): ModelCase => ({
  name: `logistic regression, ${name}`,
  model: 'logistic_regression',
  parameters: { C, max_iter: 10_000, tol: 1e-10 },
  data,
});
const ridge = (name: string, alpha: number, data: TrainingData): ModelCase => ({
  name: `ridge, ${name}`,
  model: 'ridge',
  parameters: { alpha },
  data,
});

const tight = { max_iter: 100_000, tol: 1e-10 };
const lasso = (name: string, alpha: number, data: TrainingData): ModelCase => ({
  name: `lasso, ${name}`,
  model: 'lasso',
  parameters: { alpha, ...tight },
  data,
});
const elasticNet = (
  name: string,
  [alpha, l1Ratio]: readonly [number, number],
  data: TrainingData,
): ModelCase => ({
  name: `elastic net, ${name}`,
  model: 'elastic_net',
  parameters: { alpha, l1_ratio: l1Ratio, ...tight },
  data,
});

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

/** Five values, one of them in every row the same. */
const withConstant = (seed: number, outputs: number): TrainingData =>
  draw({ seed, rows: 200, width: 5, outputs, scaleOf: (j) => (j === 2 ? 0 : 1), offset: 3 });

export const modelCases: readonly ModelCase[] = [
  logistic('two classes', 1, draw({ seed: 1, rows: 300, width: 6, outputs: 2 })),
  logistic('weak penalty', 1000, draw({ seed: 2, rows: 300, width: 6, outputs: 2 })),
  logistic('strong penalty', 0.01, draw({ seed: 3, rows: 300, width: 6, outputs: 2 })),
  logistic('four classes', 1, draw({ seed: 4, rows: 400, width: 8, outputs: 4 })),
  logistic('fewer rows than features', 1, draw({ seed: 5, rows: 30, width: 60, outputs: 3 })),
  logistic(
    'a repeated feature',
    10,
    draw({ seed: 6, rows: 200, width: 5, outputs: 2, collinear: true }),
  ),
  logistic('separable', 1, draw({ seed: 7, rows: 200, width: 4, outputs: 2, noise: 0 })),
  logistic(
    'separable, weak penalty',
    1e4,
    draw({ seed: 8, rows: 200, width: 4, outputs: 3, noise: 0 }),
  ),
  logistic(
    'badly scaled',
    1,
    draw({ seed: 9, rows: 300, width: 7, outputs: 2, scaleOf: scales(3, 7) }),
  ),
  logistic(
    'badly scaled, three classes',
    1,
    draw({ seed: 10, rows: 300, width: 5, outputs: 3, scaleOf: scales(3, 5) }),
  ),
  logistic('far from 0', 1, draw({ seed: 17, rows: 300, width: 4, outputs: 3, offset: 50 })),
  ridge('far from 0', 1, draw({ seed: 18, rows: 300, width: 4, outputs: 1, offset: 50 })),
  ridge('usual', 1, draw({ seed: 11, rows: 300, width: 6, outputs: 1 })),
  ridge('strong penalty', 1000, draw({ seed: 12, rows: 300, width: 6, outputs: 1 })),
  ridge('no penalty', 0, draw({ seed: 13, rows: 300, width: 6, outputs: 1 })),
  ridge('fewer rows than features', 1, draw({ seed: 14, rows: 30, width: 80, outputs: 1 })),
  ridge(
    'a repeated feature',
    1,
    draw({ seed: 15, rows: 100, width: 5, outputs: 1, collinear: true }),
  ),
  ridge(
    'badly scaled',
    1e-6,
    draw({ seed: 16, rows: 300, width: 7, outputs: 1, scaleOf: scales(3, 7) }),
  ),
  lasso('usual', 0.1, draw({ seed: 21, rows: 300, width: 6, outputs: 1 })),
  lasso('weak penalty', 1e-4, draw({ seed: 22, rows: 300, width: 6, outputs: 1 })),
  lasso('nothing is left', 100, draw({ seed: 23, rows: 100, width: 4, outputs: 1 })),
  lasso('fewer rows than features', 0.1, draw({ seed: 24, rows: 30, width: 80, outputs: 1 })),
  lasso('far from 0', 0.01, draw({ seed: 25, rows: 300, width: 4, outputs: 1, offset: 1e4 })),
  lasso('a constant feature', 0.01, withConstant(26, 1)),
  lasso(
    'badly scaled',
    1e-3,
    draw({ seed: 27, rows: 300, width: 7, outputs: 1, scaleOf: scales(2, 7) }),
  ),
  lasso(
    'rows of unequal weight',
    0.1,
    weighted(draw({ seed: 28, rows: 200, width: 6, outputs: 1 })),
  ),
  elasticNet('half and half', [0.1, 0.5], draw({ seed: 31, rows: 300, width: 6, outputs: 1 })),
  elasticNet('nearly ridge', [0.3, 0.01], draw({ seed: 32, rows: 300, width: 6, outputs: 1 })),
  elasticNet('strong', [2, 0.3], draw({ seed: 33, rows: 300, width: 6, outputs: 1 })),
  elasticNet(
    'fewer rows than features',
    [0.05, 0.5],
    draw({ seed: 34, rows: 30, width: 80, outputs: 1 }),
  ),
  elasticNet(
    'a repeated feature',
    [0.1, 0.5],
    draw({ seed: 35, rows: 100, width: 5, outputs: 1, collinear: true }),
  ),
  elasticNet(
    'rows of unequal weight, far from 0',
    [0.05, 0.7],
    weighted(draw({ seed: 36, rows: 200, width: 6, outputs: 1, offset: 1000 })),
  ),
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
