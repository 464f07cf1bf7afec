import type { Cells } from '#core/data/cells.ts';
import { trimmed } from '#core/data/normalize.ts';
import { isoDate, writtenDate } from '#core/data/parse-date.ts';
import { distinctOf, presentSorted } from '#core/data/readings.ts';
import type { ColumnSchema } from '#core/data/table.ts';
import { histogramOf } from './histogram.ts';
import { isoMilliseconds } from './iso-time.ts';
import { countDistinct, firstDistinct, type Named } from './profile-numbers.ts';
import type { TimesProfile } from './profile.ts';
import { quantilesOf } from './quantiles.ts';

/** Profile of a column of dates, each distinct one read once; null where all are missing. */
export function profileTimes(
  cells: Cells,
  { missing, dates = 'month_first' }: Pick<ColumnSchema, 'missing' | 'dates'>,
): Named<TimesProfile> | null {
  const { codes, firstRows } = distinctOf(cells);
  const tokens = new Set(missing);
  const isoOf = (row: number): string => {
    const text = trimmed(cells.at(row));
    const date = text === '' || tokens.has(text) ? null : writtenDate(text);
    return (date === null ? null : isoDate(date, dates)) ?? '';
  };
  const timeOfCode = new Float64Array(firstRows.length);
  for (let code = 0; code < firstRows.length; code += 1) {
    timeOfCode[code] = isoMilliseconds(isoOf(firstRows[code] ?? 0));
  }
  const times = new Float64Array(codes.length);
  for (let row = 0; row < codes.length; row += 1) times[row] = timeOfCode[codes[row] ?? 0] ?? NaN;
  const sorted = presentSorted(times);
  if (sorted.length === 0) return null;
  const distinct = countDistinct(sorted);
  const textOf = (time: number): string => isoOf(times.indexOf(time));
  return {
    kind: 'times',
    count: sorted.length,
    missing: times.length - sorted.length,
    distinct,
    earliest: textOf(sorted[0] ?? NaN),
    latest: textOf(sorted[sorted.length - 1] ?? NaN),
    quantiles: quantilesOf(sorted),
    histogram: histogramOf(sorted),
    examples: firstDistinct(times, distinct).map(isoOf),
  };
}
