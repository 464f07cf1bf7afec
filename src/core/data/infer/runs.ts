/** A value of a sorted column, and how often it stands there. */
export interface Run {
  readonly value: number;
  readonly count: number;
}

/** Values kept in a column's `top`; also the longest list a form offers. */
export const TOP_VALUES = 50;
/** Of values that stand once, only so many are kept: none after them can be among the most frequent. */
const KEPT_SINGLES = 1000;

/**
 * The distinct values of a column, and the most frequent of them, most frequent first, equal ones by value.
 * @param ordered ascending, without NaN
 */
export function runsOf(ordered: Float64Array): {
  readonly distinct: number;
  readonly top: readonly Run[];
} {
  const runs: Run[] = [];
  let distinct = 0;
  for (let from = 0; from < ordered.length;) {
    const value = ordered[from] ?? NaN;
    let to = from + 1;
    while (ordered[to] === value) to += 1;
    distinct += 1;
    if (to - from > 1 || distinct <= KEPT_SINGLES) runs.push({ value, count: to - from });
    from = to;
  }
  runs.sort((a, b) => b.count - a.count || a.value - b.value);
  return { distinct, top: runs.slice(0, TOP_VALUES) };
}
