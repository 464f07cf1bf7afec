/** Rows that follow each other, for one thread. */
export interface Stretch {
  /** An even number. */
  readonly from: number;
  readonly count: number;
}

/** Fewer rows are not worth a round of the crew. */
const LEAST_ROWS = 16_384;

/** All rows, cut into about equal stretches, one for each thread of a crew; one alone where there are few rows. */
export function stretchesOf(rows: number, crew: { readonly size: number }): readonly Stretch[] {
  if (crew.size === 1 || rows < LEAST_ROWS) return [{ from: 0, count: rows }];
  const length = Math.ceil(rows / crew.size / 2) * 2;
  return Array.from({ length: Math.ceil(rows / length) }, (_, i) => ({
    from: i * length,
    count: Math.min(length, rows - i * length),
  }));
}
