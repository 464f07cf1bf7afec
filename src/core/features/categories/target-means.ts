/** A category's mean target, drawn towards the mean of all rows by what few rows say little. */
export interface Smoothing {
  /** How many rows the overall mean counts as, or `auto`: from the variances, by empirical Bayes. */
  readonly rows: number | 'auto';
}

export interface TargetMeans {
  /** One per category; the overall mean for a category without a row. */
  readonly means: Float64Array;
  readonly overall: number;
}

/**
 * Smoothed target means of categories, as scikit-learn's TargetEncoder has them (Micci-Barreca, 2001). With `auto`, a
 * category of n rows with mean m and variance s² becomes λm + (1 − λ)M, where M and S² are those of all rows and
 * λ = nS² ÷ (nS² + s²).
 * @param codes category of each row, below `count`
 * @param rows which rows to read; of none of them all means are 0
 */
export function targetMeans(
  codes: Int32Array,
  target: Float64Array,
  count: number,
  rows: Int32Array,
  smoothing: Smoothing,
): TargetMeans {
  if (rows.length === 0) return { means: new Float64Array(count), overall: 0 };
  const at = (row: number): number => target[row] ?? 0;
  let overall = 0;
  for (const row of rows) overall += at(row) / rows.length;
  let variance = 0;
  for (const row of rows) variance += square(at(row) - overall) / rows.length;

  const counts = new Float64Array(count);
  const sums = new Float64Array(count);
  for (const row of rows) {
    const code = codes[row] ?? 0;
    counts[code] = (counts[code] ?? 0) + 1;
    sums[code] = (sums[code] ?? 0) + at(row);
  }
  const own = sums.map((sum, code) => sum / (counts[code] ?? 0));
  if (smoothing.rows !== 'auto') {
    const weight = smoothing.rows;
    const means = sums.map((sum, code) => {
      const total = (counts[code] ?? 0) + weight;
      return total === 0 ? overall : (sum + weight * overall) / total;
    });
    return { means, overall };
  }
  const squares = new Float64Array(count);
  for (const row of rows) {
    const code = codes[row] ?? 0;
    squares[code] = (squares[code] ?? 0) + square(at(row) - (own[code] ?? 0));
  }
  const means = own.map((mean, code) => {
    const n = counts[code] ?? 0;
    const share = (variance * n) / (variance * n + (squares[code] ?? 0) / n);
    return Number.isNaN(share) ? overall : share * mean + (1 - share) * overall;
  });
  return { means, overall };
}

function square(value: number): number {
  return value * value;
}
