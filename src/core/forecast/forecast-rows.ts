import { columnNumbers } from '#core/data/column-numbers.ts';
import type { Table } from '#core/data/table.ts';
import { typedColumn } from '#core/data/typed-columns.ts';
import { inputError } from '#core/errors.ts';
import type { FeatureColumn } from '#core/features/column.ts';
import type { RawColumn } from '#core/features/windows/window-column.ts';
import type { ForecastMoment } from '#core/prediction.ts';
import type { Contract, ContractInput } from '#core/spec/contract.ts';
import type { ContractForecast } from '#core/spec/forecast.ts';
import { refuseBreach } from '#core/spec/pins.ts';
import { later, timeText } from './time-step.ts';
import { timelineOf, type Timeline } from './timeline.ts';

/** What the graph takes to forecast each series of a table once. */
export interface ForecastRows {
  /** One per contract input, with an entry for each series. */
  readonly columns: readonly RawColumn[];
  readonly moments: readonly ForecastMoment[];
}

/** Columns that a table of rows must have; the time that is predicted is none of them. */
export function forecastColumnNames({ forecast, inputs }: Contract): readonly string[] {
  const names = inputs.map(({ name }) => name);
  const own = [forecast?.time.name, forecast?.series?.name].filter((name) => name !== undefined);
  return [...new Set([...own, ...names])];
}

/**
 * The last rows of every series, in whatever order the table has them, and the time that is predicted from them.
 * @throws TerrariumError naming a series with fewer rows than a forecast needs, or what cannot be read
 */
export function forecastRows(
  { inputs }: Contract,
  forecast: ContractForecast,
  table: Table,
): ForecastRows {
  const series = seriesOf(table, forecast);
  const { name, type } = forecast.time;
  const times = columnNumbers(table, forecast.time);
  const rows = Int32Array.from({ length: table.rowCount }, (_, row) => row);
  const timeline = timelineOf({ name, times, series }, rows);
  const lastPlaces = placesOfLast(timeline);
  refuseShort(timeline, lastPlaces, forecast, series);
  const lastRows = lastPlaces.map((place) => timeline.order[place] ?? 0);
  const texts = type === 'datetime' ? typedColumn(table, forecast.time, lastRows).values : null;
  const moments = Array.from(lastRows, (row, i): ForecastMoment => {
    const last = texts === null ? String(times[row] ?? NaN) : String(texts[i] ?? '');
    const time = later(times[row] ?? NaN, forecast.time.step, forecast.horizon);
    return {
      ...(series === null ? {} : { series: series[row] ?? '' }),
      last,
      time: texts === null ? String(time) : timeText(time, last),
    };
  });
  const columns = inputs.map((input) =>
    input.name === name
      ? timeColumn(input, moments)
      : inputColumn(input, table, timeline, { lastPlaces, lastRows }),
  );
  return { columns, moments };
}

function seriesOf(table: Table, { series }: ContractForecast): readonly string[] | null {
  if (series === undefined) return null;
  const column = typedColumn(table, { ...series, type: 'categorical' });
  return column.kind === 'text' ? column.values : null;
}

/** Places before which a series ends. */
function placesOfLast({ starts }: Timeline): Int32Array {
  return Int32Array.from(starts.keys()).filter(
    (place) => place === starts.length - 1 || starts[place + 1] === place + 1,
  );
}

function refuseShort(
  { starts, order }: Timeline,
  lastPlaces: Int32Array,
  { rows, horizon }: ContractForecast,
  series: readonly string[] | null,
): void {
  const short = lastPlaces.find((place) => place - (starts[place] ?? 0) + 1 < rows);
  if (short === undefined && lastPlaces.length > 0) return;
  const count = short === undefined ? 0 : short - (starts[short] ?? 0) + 1;
  const name = series?.[order[short ?? -1] ?? -1];
  throw inputError(
    'window_too_short',
    `${name === undefined ? 'The data' : `The series "${name}"`} has ${count} ${count === 1 ? 'row' : 'rows'}, and the model forecasts ${horizon} ahead from the last ${rows}.`,
    `Give at least ${rows} rows${name === undefined ? '' : ' of each series'}, the last one being the latest that is known.`,
    { rows: count, needed: rows },
  );
}

function timeColumn(
  { name, type }: ContractInput,
  moments: readonly ForecastMoment[],
): FeatureColumn {
  const texts = moments.map(({ time }) => time);
  return type === 'numeric'
    ? { kind: 'numeric', name, values: Float64Array.from(texts, Number) }
    : { kind: 'text', name, values: texts };
}

function inputColumn(
  input: ContractInput,
  table: Table,
  { order }: Timeline,
  { lastPlaces, lastRows }: { readonly lastPlaces: Int32Array; readonly lastRows: Int32Array },
): RawColumn {
  const { window, name } = input;
  const rows = window === undefined ? lastRows : order;
  const column = typedColumn(table, input, rows);
  refuseBreach(column, input, (at) => rows[at] ?? 0);
  if (window === undefined || column.kind === 'text') return column;
  return { kind: 'window', name, values: column.values, ends: lastPlaces, rows: window.rows };
}
