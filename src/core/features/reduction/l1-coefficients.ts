import { exp } from '#core/math.ts';
import type { FitContext } from '../step.ts';
import { mean, standardDeviation } from '../statistics.ts';
import { shrinkTowards, type Gram } from './l1-step.ts';

/** Steps at most, and the change of a coefficient below which a step is the last. */
const MOST_STEPS = 500;
const SMALL_CHANGE = 1e-7;

/**
 * Coefficients of a linear model with an L1 penalty: 1 ÷ 2n·‖y − Xw‖² + α‖w‖₁ of a standardized value, or mean
 * cross-entropy + α‖w‖₁ of classes with free intercepts. Each step goes to the best place of a quadratic that is nowhere
 * below the loss (Böhning, 1992: its curvature is at most XᵀX ÷ 4n for two classes and ÷ 2n for more), from a point ahead
 * of the last two (Beck and Teboulle, 2009), begun anew where that led uphill (O'Donoghue and Candès, 2015). Of a value
 * the first step is the answer.
 * @param columns standardized: mean 0, deviation 1, or 0 everywhere
 * @returns one list of coefficients per score: one for a value or two classes, else one per class
 */
export function l1Coefficients(
  columns: readonly Float64Array[],
  { task, target, outputs }: FitContext,
  alpha: number,
): readonly Float64Array[] {
  const scores = outputs > 2 ? outputs : 1;
  const isValue = task !== 'classification';
  const answers = isValue ? standardized(target) : target;
  const curvature = isValue ? 1 : scores === 1 ? 1 / 4 : 1 / 2;
  const gram = gramOf(columns, target.length);
  let points: readonly Float64Array[] = Array.from(
    { length: scores },
    () => new Float64Array(columns.length + 1),
  );
  let ahead = points;
  let momentum = 1;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const slopes = isValue
      ? [slopeOf(columns, valueErrors(columns, answers, ahead[0] ?? new Float64Array(0)))]
      : classErrors(columns, answers, ahead).map((errors) => slopeOf(columns, errors));
    const next = ahead.map((point, k) => {
      const slope = slopes[k] ?? new Float64Array(point.length);
      return shrinkTowards({ gram, curvature, slope, penalty: alpha }, point);
    });
    let change = 0;
    let uphill = 0;
    for (const [k, point] of next.entries()) {
      for (const [j, value] of point.entries()) {
        const move = value - (points[k]?.[j] ?? 0);
        const pull = (ahead[k]?.[j] ?? 0) - value;
        change = Math.max(change, Math.abs(pull));
        uphill += pull * move;
      }
    }
    if (change <= SMALL_CHANGE) return next.map((point) => point.slice(0, -1));
    const before = uphill > 0 ? 1 : momentum;
    momentum = (1 + Math.sqrt(1 + 4 * before * before)) / 2;
    const share = (before - 1) / momentum;
    ahead = next.map((point, k) =>
      point.map((value, j) => value + share * (value - (points[k]?.[j] ?? 0))),
    );
    points = next;
  }
  return points.map((point) => point.slice(0, -1));
}

function standardized(values: Float64Array): Float64Array {
  const centre = values.length === 0 ? 0 : mean(values);
  const scale = standardDeviation(values, centre);
  return values.map((value) => (scale === 0 ? 0 : (value - centre) / scale));
}

/** XᵀX ÷ n. */
function gramOf(columns: readonly Float64Array[], rows: number): Gram {
  const gram = columns.map(() => new Float64Array(columns.length));
  for (const [i, left] of columns.entries()) {
    for (const [j, right] of columns.slice(0, i + 1).entries()) {
      let sum = 0;
      for (let row = 0; row < rows; row += 1) sum += (left[row] ?? 0) * (right[row] ?? 0);
      for (const [a, b] of [
        [i, j],
        [j, i],
      ] as const) {
        const list = gram[a];
        if (list !== undefined) list[b] = sum / rows;
      }
    }
  }
  return gram;
}

/** Score of each row: the point's last entry is the intercept. */
function scoresOf(columns: readonly Float64Array[], point: Float64Array, rows: number) {
  const scores = new Float64Array(rows).fill(point[columns.length] ?? 0);
  for (const [j, column] of columns.entries()) {
    const weight = point[j] ?? 0;
    if (weight === 0) continue;
    for (let i = 0; i < rows; i += 1) scores[i] = (scores[i] ?? 0) + weight * (column[i] ?? 0);
  }
  return scores;
}

/** Mean of errors · feature, and of errors alone for the intercept. */
function slopeOf(columns: readonly Float64Array[], errors: Float64Array): Float64Array {
  const slope = new Float64Array(columns.length + 1);
  for (const [j, column] of columns.entries()) {
    let sum = 0;
    for (let i = 0; i < errors.length; i += 1) sum += (errors[i] ?? 0) * (column[i] ?? 0);
    slope[j] = sum / errors.length;
  }
  slope[columns.length] = mean(errors);
  return slope;
}

function valueErrors(
  columns: readonly Float64Array[],
  target: Float64Array,
  point: Float64Array,
): Float64Array {
  return scoresOf(columns, point, target.length).map((score, i) => score - (target[i] ?? 0));
}

/** By score, each row's probability less 1 where it is the row's class; of two classes the second one's alone. */
function classErrors(
  columns: readonly Float64Array[],
  target: Float64Array,
  points: readonly Float64Array[],
): readonly Float64Array[] {
  const scores = points.map((point) => scoresOf(columns, point, target.length));
  const isTwo = scores.length === 1;
  for (const [i, label] of target.entries()) {
    let top = isTwo ? 0 : -Infinity;
    for (const own of scores) top = Math.max(top, own[i] ?? 0);
    let sum = isTwo ? exp(-top) : 0;
    for (const own of scores) {
      const power = exp((own[i] ?? 0) - top);
      own[i] = power;
      sum += power;
    }
    for (const [k, own] of scores.entries()) {
      const isOwn = label === (isTwo ? 1 : k);
      own[i] = (own[i] ?? 0) / sum - (isOwn ? 1 : 0);
    }
  }
  return scores;
}
