import type { FeatureMatrix } from '#core/features/matrix.ts';

/** Rows that are worked through side by side: each coefficient is then read once for all of them. */
export const BLOCK = 4;

/**
 * Scores of a block of rows: `scores[at + b]` = start + Σ features of row `from + b` · coefficients. Past the last row it
 * repeats the last one, whose scores there mean nothing.
 */
export function scoreBlock(
  { rows, width, values }: FeatureMatrix,
  from: number,
  coefficients: Float64Array,
  start: number,
  scores: Float64Array,
  at: number,
): void {
  const row0 = from * width;
  const row1 = Math.min(from + 1, rows - 1) * width;
  const row2 = Math.min(from + 2, rows - 1) * width;
  const row3 = Math.min(from + 3, rows - 1) * width;
  let sum0 = start;
  let sum1 = start;
  let sum2 = start;
  let sum3 = start;
  for (let j = 0; j < width; j += 1) {
    const c = coefficients[j] ?? 0;
    sum0 += c * (values[row0 + j] ?? 0);
    sum1 += c * (values[row1 + j] ?? 0);
    sum2 += c * (values[row2 + j] ?? 0);
    sum3 += c * (values[row3 + j] ?? 0);
  }
  scores[at] = sum0;
  scores[at + 1] = sum1;
  scores[at + 2] = sum2;
  scores[at + 3] = sum3;
}

/** Adds the rows of a block, `factors[at + b]` times row `from + b`, into `sums`; past the last row factors have to be 0. */
export function addBlock(
  { rows, width, values }: FeatureMatrix,
  from: number,
  factors: Float64Array,
  at: number,
  sums: Float64Array,
): void {
  const row0 = from * width;
  const row1 = Math.min(from + 1, rows - 1) * width;
  const row2 = Math.min(from + 2, rows - 1) * width;
  const row3 = Math.min(from + 3, rows - 1) * width;
  const factor0 = factors[at] ?? 0;
  const factor1 = factors[at + 1] ?? 0;
  const factor2 = factors[at + 2] ?? 0;
  const factor3 = factors[at + 3] ?? 0;
  for (let j = 0; j < width; j += 1) {
    sums[j] =
      (sums[j] ?? 0) +
      factor0 * (values[row0 + j] ?? 0) +
      factor1 * (values[row1 + j] ?? 0) +
      factor2 * (values[row2 + j] ?? 0) +
      factor3 * (values[row3 + j] ?? 0);
  }
}
