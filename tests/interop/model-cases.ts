import type { TrainingData } from '#core/models/estimator.ts';
import { RandomStream } from '#core/random.ts';
import type { ParameterValues } from '#core/spec/parameters.ts';

/** A linear model, its parameters and the arrays that it and scikit-learn's are trained on. */
export interface ModelCase {
  readonly name: string;
  readonly model: 'logistic_regression' | 'ridge';
  readonly parameters: ParameterValues;
  readonly data: TrainingData;
}

interface Draw {
  readonly seed: number;
  readonly rows: number;
  readonly width: number;
  /** Number of classes; 1 draws values. */
  readonly outputs: number;
  /** Multiplies feature j. */
  readonly scaleOf?: (j: number) => number;
  /** Is added to every feature. */
  readonly offset?: number;
  /** Noise on the scores: 0 makes classes that can be separated. */
  readonly noise?: number;
  /** The last feature repeats the first one. */
  readonly collinear?: boolean;
}

/** Features with a linear truth behind them. */
function draw({
  seed,
  rows,
  width,
  outputs,
  scaleOf,
  offset = 0,
  noise = 1,
  collinear,
}: Draw): TrainingData {
  const random = new RandomStream(seed);
  const truth = Float64Array.from({ length: width * outputs }, () => random.normal());
  const values = new Float32Array(rows * width);
  const target = new Float64Array(rows);
  for (let i = 0; i < rows; i += 1) {
    const row = Float64Array.from({ length: width }, () => random.normal());
    if (collinear === true) row[width - 1] = row[0] ?? 0;
    const scores = Array.from({ length: outputs }, (_, k) =>
      row.reduce((sum, x, j) => sum + x * (truth[j * outputs + k] ?? 0), noise * random.normal()),
    );
    target[i] = outputs === 1 ? (scores[0] ?? 0) : scores.indexOf(Math.max(...scores));
    values.set(
      row.map((x, j) => x * (scaleOf?.(j) ?? 1) + offset),
      i * width,
    );
  }
  const names = Array.from({ length: width }, (_, j) => `x${j}`);
  return {
    task: outputs === 1 ? 'regression' : 'classification',
    features: { rows, width, values, names },
    target,
    outputs,
  };
}

/** Powers of ten from 10^-from to 10^from over the features. */
const scales =
  (from: number, width: number) =>
  (j: number): number =>
    10 ** (-from + (2 * from * j) / (width - 1));

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
];
