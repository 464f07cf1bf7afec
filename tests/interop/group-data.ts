import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import { RandomStream } from '#core/random.ts';
import type { Task } from '#core/spec/spec.ts';

export interface Grouped {
  readonly features: FeatureMatrix;
  /** The group that each row was drawn from. */
  readonly truth: Int32Array;
}

/** Rows around centres that are `apart` deviations from each other, groups stretched and of unlike size. */
export function drawGroups(
  seed: number,
  options: {
    readonly rows: number;
    readonly width: number;
    readonly groups: number;
    readonly apart: number;
    readonly offset?: number;
  },
): Grouped {
  const { rows, width, groups, apart, offset = 0 } = options;
  const random = new RandomStream(seed);
  const centres = Float64Array.from({ length: groups * width }, () => apart * random.normal());
  const stretch = Float64Array.from({ length: groups * width }, () => 0.5 + random.uniform());
  // The first rows have one each; later groups are rarer.
  const truth = Int32Array.from({ length: rows }, (_, i) =>
    i < groups ? i : Math.min(random.integer(groups), random.integer(groups)),
  );
  const values = new Float32Array(rows * width);
  for (const [i, group] of truth.entries()) {
    const shared = random.normal();
    for (let j = 0; j < width; j += 1) {
      const at = group * width + j;
      const own = random.normal() + 0.4 * shared;
      values[i * width + j] = offset + (centres[at] ?? 0) + (stretch[at] ?? 1) * own;
    }
  }
  return { features: matrixOf(values, width), truth };
}

/** Rows around one centre, and a few that lie anywhere; `truth` is 1 for these. */
export function drawAnomalies(seed: number, rows: number, width: number): Grouped {
  const random = new RandomStream(seed);
  const truth = Int32Array.from({ length: rows }, (_, i) => Number(i % 20 === 7));
  const values = new Float32Array(rows * width);
  for (const [i, isAnomaly] of truth.entries()) {
    for (let j = 0; j < width; j += 1) {
      values[i * width + j] =
        isAnomaly === 1 ? 8 * random.uniform() - 4 : random.normal() * (1 + (j % 3) / 4);
    }
  }
  return { features: matrixOf(values, width), truth };
}

/**
 * Rows on a bent surface of two dimensions among six, with some noise; of the anomalies each number comes from another
 * row, so that every column by itself is as in all the others. `truth` is 1 for these.
 */
export function drawOffSurface(seed: number, rows: number): Grouped {
  const width = 6;
  const random = new RandomStream(seed);
  const truth = Int32Array.from({ length: rows }, (_, i) => Number(i % 20 === 7));
  const onSurface = (): number[] => {
    const [u, v] = [random.normal(), random.normal()];
    const clean = [u, v, u + v, u - v, u * v, (u * u - v * v) / 2];
    return clean.map((one) => (one + 0.1 * random.normal()) / 1.3);
  };
  const values = Float32Array.from(
    Array.from(truth, (isAnomaly) => {
      const row = onSurface();
      return isAnomaly === 1 ? row.map((_, j) => onSurface()[j] ?? NaN) : row;
    }).flat(),
  );
  return { features: matrixOf(values, width), truth };
}

function matrixOf(values: Float32Array, width: number): FeatureMatrix {
  const names = Array.from({ length: width }, (_, j) => `x${j}`);
  return { rows: values.length / width, width, values, names };
}

/** As a trainer gets it where there is no target. */
export function withoutTarget(task: Task, features: FeatureMatrix): TrainingData {
  return { task, features, target: new Float64Array(features.rows), outputs: 1 };
}
