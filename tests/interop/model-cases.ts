import type { TrainingData } from '#core/models/estimator.ts';
import { bayesCases } from './bayes-cases.ts';
import { draw, scales, weighted, withConstant } from './draw-data.ts';
import type { ModelCase } from './model-case.ts';
import { neighbourCases } from './neighbour-cases.ts';

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
  ...bayesCases,
  ...neighbourCases,
];
