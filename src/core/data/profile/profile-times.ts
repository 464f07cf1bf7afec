import type { Cells } from '#core/data/cells.ts';
import { trimmed } from '#core/data/normalize.ts';
import { isoDate, writtenDate } from '#core/data/parse-date.ts';
import { distinctOf, plainDatesOf, sortedPresent } from '#core/data/readings.ts';
import type { ColumnSchema } from '#core/data/table.ts';
import { histogramOf } from './histogram.ts';
import { isoMilliseconds } from '#core/data/iso-time.ts';
import { countDistinct, firstDistinct, type Named } from './profile-numbers.ts';
import type { TimesProfile } from './profile.ts';
import { quantilesOf } from './quantiles.ts';

/** Profile of a column of dates; null where all are missing. */
export function profileTimes(
  cells: Cells,
  reading: Pick<ColumnSchema, 'missing' | 'dates'>,
): Named<TimesProfile> | null {
  const times = plainDatesOf(cells, reading.missing)?.times ?? writtenTimes(cells, reading);
  const sorted = sortedPresent(cells, times);
  if (sorted.length === 0) return null;
  const distinct = countDistinct(sorted);
  const textOf = (row: number): string => isoText(cells, row, reading);
  return {
    kind: 'times',
    count: sorted.length,
    missing: times.length - sorted.length,
    distinct,
    earliest: textOf(times.indexOf(sorted[0] ?? NaN)),
    latest: textOf(times.indexOf(sorted[sorted.length - 1] ?? NaN)),
    quantiles: quantilesOf(sorted),
    histogram: histogramOf(sorted),
    examples: firstDistinct(times, distinct).map(textOf),
  };
}

/** Each distinct text is read once. */
function writtenTimes(
  cells: Cells,
  reading: Pick<ColumnSchema, 'missing' | 'dates'>,
): Float64Array {
  const { codes, firstRows } = distinctOf(cells);
  const timeOfCode = Float64Array.from(firstRows, (row) =>
    isoMilliseconds(isoText(cells, row, reading)),
  );
  return Float64Array.from(codes, (code) => timeOfCode[code] ?? NaN);
}

/** A cell in ISO 8601; the empty text where it is missing, or no date. */
function isoText(
  cells: Cells,
  row: number,
  { missing, dates = 'month_first' }: Pick<ColumnSchema, 'missing' | 'dates'>,
): string {
  const text = trimmed(cells.at(row));
  const date = text === '' || missing.includes(text) ? null : writtenDate(text);
  return (date === null ? null : isoDate(date, dates)) ?? '';
}
