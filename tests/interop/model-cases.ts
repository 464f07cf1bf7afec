import type { TrainingData } from '#core/models/estimator.ts';
import { bayesCases } from './bayes-cases.ts';
import { amounts, draw, scales, weighted, withConstant } from './draw-data.ts';
import { logisticCases } from './logistic-cases.ts';
import type { ModelCase } from './model-case.ts';
import { neighbourCases } from './neighbour-cases.ts';

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

const poisson = (name: string, alpha: number, data: TrainingData): ModelCase => ({
  name: `Poisson regression, ${name}`,
  model: 'poisson_regression',
  parameters: { alpha, max_iter: 10_000, tol: 1e-10 },
  data: amounts(data),
});

const quantile = (
  name: string,
  [share, alpha]: readonly [number, number],
  data: TrainingData,
): ModelCase => ({
  name: `quantile regression, ${name}`,
  model: 'quantile_regression',
  parameters: { quantile: share, alpha, max_iter: 200, tol: 1e-10 },
  data,
});

export const modelCases: readonly ModelCase[] = [
  ...logisticCases,
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
  ridge(
    'beside numbers of a thousand million',
    1,
    draw({ seed: 17, rows: 200, width: 3, outputs: 1, scaleOf: (j) => (j === 1 ? 1e9 : 1) }),
  ),
  ridge(
    'rows of unequal weight',
    1,
    weighted(draw({ seed: 19, rows: 200, width: 6, outputs: 1, offset: 10 })),
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
  poisson('usual', 1, draw({ seed: 91, rows: 300, width: 5, outputs: 1 })),
  poisson('weak penalty', 1e-3, draw({ seed: 92, rows: 300, width: 5, outputs: 1 })),
  poisson('no penalty', 0, draw({ seed: 93, rows: 300, width: 4, outputs: 1 })),
  poisson('fewer rows than features', 1, draw({ seed: 94, rows: 30, width: 60, outputs: 1 })),
  poisson('far from 0', 0.1, draw({ seed: 95, rows: 200, width: 4, outputs: 1, offset: 50 })),
  poisson('a constant feature', 0.1, withConstant(96, 1)),
  poisson(
    'badly scaled',
    0.1,
    draw({ seed: 97, rows: 200, width: 5, outputs: 1, scaleOf: scales(1, 5) }),
  ),
  poisson(
    'rows of unequal weight',
    1,
    weighted(draw({ seed: 98, rows: 200, width: 5, outputs: 1 })),
  ),
  quantile('the median', [0.5, 0], draw({ seed: 101, rows: 201, width: 5, outputs: 1 })),
  quantile('a high quantile', [0.9, 0], draw({ seed: 102, rows: 200, width: 4, outputs: 1 })),
  quantile('a low quantile', [0.05, 1e-3], draw({ seed: 103, rows: 200, width: 4, outputs: 1 })),
  quantile('penalized', [0.3, 0.05], draw({ seed: 104, rows: 203, width: 6, outputs: 1 })),
  quantile(
    'far from 0',
    [0.4, 0.01],
    draw({ seed: 105, rows: 150, width: 4, outputs: 1, offset: 1e3 }),
  ),
  quantile('a constant feature', [0.4, 0.01], withConstant(106, 1)),
  quantile(
    'badly scaled',
    [0.6, 1e-3],
    draw({ seed: 107, rows: 150, width: 5, outputs: 1, scaleOf: scales(1, 5) }),
  ),
  quantile(
    'fewer rows than features',
    [0.45, 0.05],
    draw({ seed: 108, rows: 31, width: 50, outputs: 1 }),
  ),
  quantile(
    'rows of unequal weight',
    [0.35, 0.01],
    weighted(draw({ seed: 109, rows: 150, width: 4, outputs: 1 })),
  ),
  ...bayesCases,
  ...neighbourCases,
];
