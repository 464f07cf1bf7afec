export interface LegendEntry {
  /** What toggling names. */
  readonly id: string;
  readonly name: string;
  /** A CSS colour, most often a token. */
  readonly colour: string;
  readonly mark: 'line' | 'dashed' | 'dot';
}

/** The colour of a run's n-th candidate; the first one is the baseline, in grey. */
export function seriesColour(index: number): string {
  return index === 0 ? 'var(--series-baseline)' : `var(--series-${((index - 1) % 6) + 1})`;
}

/** The ids that are hidden, with one more or one fewer. */
export function toggledIn(hidden: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(hidden);
  if (!next.delete(id)) next.add(id);
  return next;
}
