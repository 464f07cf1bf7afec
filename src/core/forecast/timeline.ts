import { byCodeUnit } from '#core/data/split/key-order.ts';
import { inputError } from '#core/errors.ts';

/** Rows in time: series after series, each from its earliest row to its latest. */
export interface Timeline {
  /** Indexes of rows. */
  readonly order: Int32Array;
  /** Of each row its place in `order`; -1 of rows that are left out. */
  readonly places: Int32Array;
  /** By place: its time, and the place where its series begins. */
  readonly times: Float64Array;
  readonly starts: Int32Array;
}

/** What rows are put in order by, one entry a row. */
export interface Moments {
  /** Column of times, for messages. */
  readonly name: string;
  /** Milliseconds since 1970, or numbers; NaN where missing. */
  readonly times: Float64Array;
  /** Names of series; null where all rows are one series. */
  readonly series: readonly string[] | null;
}

/**
 * @param rows 0-based indexes of the rows that count
 * @throws TerrariumError naming the rows without a time or a series, or two rows of a series with the same time
 */
export function timelineOf(moments: Moments, rows: Int32Array): Timeline {
  const { times, series } = moments;
  refuseMissing(moments, rows);
  const seriesOf = (row: number): string => series?.[row] ?? '';
  const order = rows.toSorted(
    (a, b) => byCodeUnit(seriesOf(a), seriesOf(b)) || (times[a] ?? 0) - (times[b] ?? 0) || a - b,
  );
  const places = new Int32Array(times.length).fill(-1);
  const starts = new Int32Array(order.length);
  for (const [place, row] of order.entries()) {
    places[row] = place;
    const before = order[place - 1];
    const isSame = before !== undefined && seriesOf(before) === seriesOf(row);
    starts[place] = isSame ? (starts[place - 1] ?? 0) : place;
    if (isSame && times[before] === times[row]) throw sameTime(moments, before, row);
  }
  return { order, places, starts, times: Float64Array.from(order, (row) => times[row] ?? NaN) };
}

function refuseMissing({ name, times, series }: Moments, rows: Int32Array): void {
  const without = rows.find((row) => Number.isNaN(times[row]));
  if (without !== undefined) {
    throw inputError(
      'forecast_time_missing',
      `Row ${without + 1}, column "${name}" has no time, so the row has no place among the others.`,
      'Fill it in, or leave the row out of the data.',
      { row: without + 1, column: name },
    );
  }
  const nameless = rows.find((row) => series?.[row] === '');
  if (nameless !== undefined) {
    throw inputError(
      'forecast_series_missing',
      `Row ${nameless + 1} does not say which series it belongs to.`,
      'Fill the series in, or leave the row out of the data.',
      { row: nameless + 1 },
    );
  }
}

function sameTime({ name, series }: Moments, a: number, b: number): Error {
  const rows = [a + 1, b + 1].sort((one, other) => one - other);
  const which = series === null ? '' : ` of the series "${series[a] ?? ''}"`;
  return inputError(
    'forecast_time_repeated',
    `Rows ${rows.join(' and ')}${which} have the same time in column "${name}", and a forecast needs one row for each time.`,
    series === null
      ? 'Name the column that tells series apart, or leave repeated rows out.'
      : 'Correct the times, or leave repeated rows out.',
    { rows, column: name },
  );
}
