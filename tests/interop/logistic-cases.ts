import type { TrainingData } from '#core/models/estimator.ts';
import type { ParameterValues } from '#core/spec/parameters.ts';
import { draw, scales, weighted, withConstant } from './draw-data.ts';
import type { ModelCase } from './model-case.ts';

const usual = { penalty: 'l2', max_iter: 10_000, tol: 1e-10 };
const logistic = (
  name: string,
  C: number,
  data: TrainingData,
  other: ParameterValues = {},
  isBalanced = false,
): ModelCase => ({
  name: `logistic regression, ${name}`,
  model: 'logistic_regression',
  parameters: { C, ...usual, ...other },
  data,
  isBalanced,
});
const l1 = { penalty: 'l1' };
const mixed = (share: number) => ({ penalty: 'elastic_net', l1_ratio: share });
const none = { penalty: 'none' };

export const logisticCases: readonly ModelCase[] = [
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
  logistic('a constant feature', 1, withConstant(71, 3)),
  logistic('balanced', 1, draw({ seed: 72, rows: 200, width: 5, outputs: 2, offset: 1 }), {}, true),
  logistic(
    'balanced, four classes',
    0.1,
    draw({ seed: 73, rows: 90, width: 5, outputs: 4 }),
    {},
    true,
  ),
  logistic(
    'rows of unequal weight',
    1,
    weighted(draw({ seed: 74, rows: 200, width: 5, outputs: 3 })),
  ),
  logistic(
    'balanced rows of unequal weight',
    1,
    weighted(draw({ seed: 75, rows: 200, width: 5, outputs: 2 })),
    {},
    true,
  ),
  logistic('no penalty', 1, draw({ seed: 76, rows: 300, width: 5, outputs: 2 }), none),
  logistic(
    'no penalty, rows of unequal weight',
    1,
    weighted(draw({ seed: 77, rows: 300, width: 4, outputs: 2 })),
    none,
  ),
  logistic('L1', 1, draw({ seed: 81, rows: 300, width: 6, outputs: 2 }), l1),
  logistic('both penalties', 0.1, draw({ seed: 181, rows: 300, width: 6, outputs: 2 }), mixed(0.5)),
  logistic(
    'both penalties, three classes of unequal weight, far from 0',
    0.3,
    weighted(draw({ seed: 182, rows: 200, width: 5, outputs: 3, offset: 5 })),
    mixed(0.2),
  ),
  logistic(
    'both penalties, fewer rows than features',
    1,
    draw({ seed: 183, rows: 30, width: 40, outputs: 2 }),
    mixed(0.9),
  ),
  logistic('L1, strong', 0.03, draw({ seed: 82, rows: 300, width: 6, outputs: 2 }), l1),
  logistic('L1, weak', 100, draw({ seed: 83, rows: 300, width: 6, outputs: 2 }), l1),
  logistic('L1, five classes', 0.3, draw({ seed: 85, rows: 300, width: 6, outputs: 5 }), l1),
  logistic(
    'L1, fewer rows than features',
    1,
    draw({ seed: 86, rows: 40, width: 60, outputs: 2 }),
    l1,
  ),
  logistic('L1, a constant feature', 0.1, withConstant(87, 2), l1),
  logistic(
    'L1, badly scaled',
    1,
    draw({ seed: 88, rows: 200, width: 3, outputs: 2, scaleOf: scales(0.5, 3) }),
    l1,
  ),
  logistic(
    'L1, balanced rows of unequal weight',
    0.3,
    weighted(draw({ seed: 89, rows: 200, width: 5, outputs: 3 })),
    l1,
    true,
  ),
];
