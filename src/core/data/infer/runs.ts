/** A value of a sorted column, and how often it stands there. */
export interface Run {
  readonly value: number;
  readonly count: number;
}

/** Values kept in a column's `top`; also the longest list a form offers. */
export const TOP_VALUES = 50;
/** Runs that are collected before the less frequent of them are let go. */
const COLLECTED = 20 * TOP_VALUES;

/**
 * The distinct values of a column, and the most frequent of them, most frequent first, equal ones by value.
 * @param ordered ascending, without NaN
 */
export function runsOf(ordered: Float64Array): {
  readonly distinct: number;
  readonly top: readonly Run[];
} {
  let top: Run[] = [];
  /** Count of the last of the most frequent so far: who comes later needs more. */
  let least = 0;
  let distinct = 0;
  for (let from = 0; from < ordered.length;) {
    const value = ordered[from] ?? NaN;
    let to = from + 1;
    while (ordered[to] === value) to += 1;
    distinct += 1;
    if (to - from > least) top.push({ value, count: to - from });
    if (top.length > COLLECTED) {
      top = mostFrequent(top);
      least = top[TOP_VALUES - 1]?.count ?? 0;
    }
    from = to;
  }
  return { distinct, top: mostFrequent(top) };
}

function mostFrequent(runs: Run[]): Run[] {
  return runs.sort((a, b) => b.count - a.count || a.value - b.value).slice(0, TOP_VALUES);
}
