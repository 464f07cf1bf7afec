import { chiSquareTail } from '#core/data/diff/chi-square.ts';

/** How two sides of a table differ in the target. */
export interface Association {
  readonly pValue: number;
  /** 0 for none to 1: Cramér's V (φ of two sides) for classes, the rank-biserial correlation for values. */
  readonly effect: number;
}

/** Below an expected count of 1 χ² is no guide (Cochran, 1954): such classes are taken together. */
const MIN_EXPECTED = 1;

/**
 * Pearson's χ² test of side against class, without continuity correction (SciPy's chi2_contingency with
 * correction=False). Classes too rare for it are pooled.
 * @param isOn whether a row is on the first side
 */
export function classAssociation(
  rows: Int32Array,
  isOn: (row: number) => boolean,
  codes: Int32Array,
  size: number,
): Association {
  const on = new Float64Array(size);
  const all = new Float64Array(size);
  let count = 0;
  for (const row of rows) {
    const code = codes[row] ?? 0;
    all[code] = (all[code] ?? 0) + 1;
    if (!isOn(row)) continue;
    on[code] = (on[code] ?? 0) + 1;
    count += 1;
  }
  const n = rows.length;
  const smaller = Math.min(count, n - count) / n;
  const cells: [number, number][] = [];
  let pooled: [number, number] = [0, 0];
  for (let code = 0; code < size; code += 1) {
    const [own, total] = [on[code] ?? 0, all[code] ?? 0];
    if (total * smaller >= MIN_EXPECTED) cells.push([own, total]);
    else pooled = [pooled[0] + own, pooled[1] + total];
  }
  if (pooled[1] > 0) cells.push(pooled);
  if (cells.length < 2 || count === 0 || count === n) return { pValue: 1, effect: 0 };
  let statistic = 0;
  for (const [own, total] of cells) {
    const expected = (total * count) / n;
    const difference = own - expected;
    statistic +=
      (difference * difference) / expected + (difference * difference) / (total - expected);
  }
  return { pValue: chiSquareTail(statistic, cells.length - 1), effect: Math.sqrt(statistic / n) };
}

/**
 * The Mann–Whitney U test by its normal limit, corrected for ties, without continuity correction (SciPy's
 * mannwhitneyu with method="asymptotic", use_continuity=False).
 * @param values one per row of the table, not NaN for the given rows
 */
export function rankAssociation(
  rows: Int32Array,
  isOn: (row: number) => boolean,
  values: Float64Array,
): Association {
  const order = rows.slice().sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const n = order.length;
  let count = 0;
  let rankSum = 0;
  let ties = 0;
  for (let from = 0; from < n;) {
    let to = from + 1;
    while (to < n && values[order[to] ?? 0] === values[order[from] ?? 0]) to += 1;
    const tied = to - from;
    for (let i = from; i < to; i += 1) {
      if (!isOn(order[i] ?? 0)) continue;
      count += 1;
      rankSum += (from + to + 1) / 2;
    }
    ties += tied * tied * tied - tied;
    from = to;
  }
  const pairs = count * (n - count);
  if (pairs === 0) return { pValue: 1, effect: 0 };
  const u = rankSum - (count * (count + 1)) / 2;
  const variance = (pairs / 12) * (n + 1 - ties / (n * (n - 1)));
  if (!(variance > 0)) return { pValue: 1, effect: 0 };
  const distance = u - pairs / 2;
  return {
    pValue: chiSquareTail((distance * distance) / variance, 1),
    effect: Math.abs((2 * u) / pairs - 1),
  };
}
