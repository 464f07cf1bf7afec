import { expBelowZero } from '#core/models/linear/exp-below-zero.ts';

// What the kernels of assembly/linear compute, in their order of sums, so that the bits are the same.

/** A row's score: over even and odd features apart, then both, then the intercept. */
export function plainScore(
  row: readonly number[],
  coefficients: readonly number[],
  intercept: number,
): number {
  const sums = [0, 0];
  for (const [j, x] of row.entries()) sums[j % 2] = at(sums, j % 2) + at(coefficients, j) * x;
  return intercept + (at(sums, 0) + at(sums, 1));
}

/** Σ factor · row on top of `gradient`, and Σ factor at its end: four rows at a time, two and two. */
export function plainGradient(
  rows: readonly (readonly number[])[],
  factors: readonly number[],
  gradient: readonly number[],
): number[] {
  const sums = [...gradient];
  for (let i = 0; i < rows.length; i += 4) {
    for (const j of sums.keys()) {
      const [a = 0, b = 0, c = 0, d = 0] = [i, i + 1, i + 2, i + 3].map(
        (r) => (factors[r] ?? 0) * (j === sums.length - 1 ? 1 : (rows[r]?.[j] ?? 0)),
      );
      sums[j] = at(sums, j) + (a + b + (c + d));
    }
  }
  return sums;
}

export interface PlainLoss {
  readonly loss: number;
  /** [scores][rows] */
  readonly slopes: number[][];
}

/** Cross-entropy of two classes, the first of which has the score 0. */
export function plainTwoClassLoss(
  scores: readonly number[],
  target: readonly number[],
  counts: readonly number[],
): PlainLoss {
  const losses = [0, 0];
  const slopes = scores.map((score, i) => {
    const [isSecond, count] = [target[i] === 1, at(counts, i)];
    const power = expBelowZero(-Math.abs(score));
    const sum = 1 + power;
    const against = isSecond ? -score : score;
    losses[i % 2] = at(losses, i % 2) + count * (Math.max(against, 0) + plainLn(sum));
    return count * ((score > 0 ? 1 : power) / sum - Number(isSecond));
  });
  return { loss: at(losses, 0) + at(losses, 1), slopes: [slopes] };
}

/** @param scores [classes][rows] */
export function plainManyClassLoss(
  scores: readonly (readonly number[])[],
  target: readonly number[],
  counts: readonly number[],
): PlainLoss {
  const losses = [0, 0];
  const slopes = scores.map((own) => [...own]);
  for (const [i, label] of target.entries()) {
    const count = at(counts, i);
    const own = scores.map((ofClass) => at(ofClass, i));
    const top = Math.max(...own);
    const powers = own.map((score) => expBelowZero(score - top));
    const sum = powers.reduce((total, power) => total + power, 0);
    const lead = at(own, label) - top;
    losses[i % 2] = at(losses, i % 2) + count * (plainLn(sum) - lead);
    const share = count / sum;
    for (const [k, slope] of slopes.entries()) {
      slope[i] = at(powers, k) * share - (k === label ? count : 0);
    }
  }
  return { loss: at(losses, 0) + at(losses, 1), slopes };
}

type SparseRow = readonly (readonly [place: number, value: number])[];

/** Intercept + (Σ over the 1st, 3rd, … cells + Σ over the others); the intercept ends the set. */
export function plainSparseScore(row: SparseRow, set: readonly number[]): number {
  const sums = [0, 0];
  for (const [i, [place, value]] of row.entries()) {
    sums[i % 2] = at(sums, i % 2) + at(set, place) * value;
  }
  return at(set, set.length - 1) + (at(sums, 0) + at(sums, 1));
}

/** A set with rows added, row after row, times their factors. */
export function plainSparseGradient(
  rows: readonly SparseRow[],
  factors: readonly number[],
  set: readonly number[],
): number[] {
  const sums = [...set];
  for (const [i, row] of rows.entries()) {
    const factor = at(factors, i);
    for (const [place, value] of row) sums[place] = at(sums, place) + factor * value;
    for (const end of [set.length - 2, set.length - 1]) sums[end] = at(sums, end) + factor;
  }
  return sums;
}

const view = new DataView(new ArrayBuffer(8));

/** ln x for x ≥ 1, from FreeBSD's msun/src/e_log.c. */
export function plainLn(x: number): number {
  view.setFloat64(0, x);
  const high = view.getUint32(0);
  view.setUint32(0, (high & 0xfffff) | 0x3ff00000);
  const fraction = view.getFloat64(0);
  const isLarge = fraction > Math.SQRT2;
  const k = (high >>> 20) - 1023 + Number(isLarge);
  const f = fraction * (isLarge ? 0.5 : 1) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const near =
    6.66666666666673513e-1 +
    3.99999999994094191e-1 * z +
    z * z * (2.857142874366239149e-1 + 2.222219843214978396e-1 * z);
  const far =
    1.818357216161805012e-1 + 1.531383769920937332e-1 * z + z * z * 1.479819860511658591e-1;
  const polynomial = near + z * z * (z * z) * far;
  const square = 0.5 * f * f;
  const low = s * (square + z * polynomial) + k * 1.9082149292705877e-10;
  return k * 6.9314718036912382e-1 - (square - low - f);
}

function at(values: readonly number[], i: number): number {
  const value = values[i];
  if (value === undefined) throw new RangeError(`no number at ${i}`);
  return value;
}
