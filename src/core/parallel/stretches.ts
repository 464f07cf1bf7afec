/** Rows that follow each other, for one thread. */
export interface Stretch {
  /** An even number. */
  readonly from: number;
  readonly count: number;
}

/** Fewer rows are not worth a round of the crew. */
const LEAST_ROWS = 16_384;

/** So many for each thread: one that begins late, or has other things to do first, leaves some to the others. */
const STRETCHES_EACH = 6;
const LEAST_STRETCH = 4096;

/** All rows, cut into about equal stretches, some for each thread of a crew; one alone where there are few rows. */
export function stretchesOf(rows: number, crew: { readonly size: number }): readonly Stretch[] {
  if (crew.size === 1 || rows < LEAST_ROWS) return [{ from: 0, count: rows }];
  const wanted = Math.min(crew.size * STRETCHES_EACH, Math.floor(rows / LEAST_STRETCH));
  const length = Math.ceil(rows / wanted / 2) * 2;
  return Array.from({ length: Math.ceil(rows / length) }, (_, i) => ({
    from: i * length,
    count: Math.min(length, rows - i * length),
  }));
}
