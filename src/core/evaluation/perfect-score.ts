import { pow } from '#core/math.ts';

/**
 * A bootstrap of rows that are all right has no width, which says nothing of rows not drawn. This gives
 * the largest error rate that is still compatible with `rows` right answers out of as many, at 95%:
 * 1 − 0.025^(1/rows) (Clopper and Pearson, 1934).
 */
export function perfectScoreNote(accuracy: number | null | undefined, rows: number): string[] {
  if (accuracy !== 1) return [];
  const largest = 1 - pow(0.025, 1 / rows);
  return [
    `All ${rows} test rows are right, so their bootstrap intervals have no width; an error rate of up to ${(100 * largest).toFixed(1)}% would still be compatible with that.`,
  ];
}
