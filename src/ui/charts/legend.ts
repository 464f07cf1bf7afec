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
