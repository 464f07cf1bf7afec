import { columnNumbers } from '#core/data/column-numbers.ts';
import { typedColumn } from '#core/data/typed-columns.ts';
import type { Dataset } from '#core/data/table.ts';
import type { FeatureColumn } from '#core/features/column.ts';
import type { WindowColumn } from '#core/features/windows/window-column.ts';
import { seriesReading, timeReading } from '#core/spec/forecast-columns.ts';
import { windowPlans, type ContractForecast, type Forecast } from '#core/spec/forecast.ts';
import type { Spec } from '#core/spec/spec.ts';
import { irregularPlaces, stepOf, stepText } from './time-step.ts';
import { timelineOf, type Timeline } from './timeline.ts';

/** What the rows of a forecast are in time. */
export interface PreparedForecast {
  readonly forecast: Forecast;
  readonly timeline: Timeline;
  /** Values in each window. */
  readonly rows: number;
  /** Of each row of the data where its window ends, as a place in the timeline; -1 where there is no whole one. */
  readonly ends: Int32Array;
  /** What the contract says, apart from what is learned. */
  readonly contract: Omit<ContractForecast, 'naiveError'>;
  /** Of each row of the data: its time, and its series where there are several. */
  readonly time: FeatureColumn;
  readonly series: FeatureColumn | null;
  readonly warnings: readonly string[];
}

/**
 * Puts the rows of a data set in the order of their times.
 * @param rows 0-based indexes of the rows that count
 * @throws TerrariumError naming rows without a time, or with the same one
 */
export function prepareForecast(
  forecast: Forecast,
  spec: Spec,
  { table, info }: Dataset,
  rows: Int32Array,
): PreparedForecast {
  const readings = { time: timeReading(spec, info), series: seriesReading(spec, info) };
  const time = typedColumn(table, readings.time);
  const series = readings.series === null ? null : typedColumn(table, readings.series);
  const moments = {
    name: forecast.time,
    times: columnNumbers(table, readings.time),
    series: series?.kind === 'text' ? series.values : null,
  };
  const timeline = timelineOf(moments, rows);
  const step = stepOf(timeline, readings.time.type === 'datetime');
  const { rows: length } = windowPlans(forecast).target;
  return {
    forecast,
    timeline,
    rows: length,
    ends: windowEnds(timeline, length, forecast.horizon),
    contract: {
      horizon: forecast.horizon,
      rows: length,
      time: { ...readings.time, missing: [...readings.time.missing], step },
      ...(readings.series === null
        ? {}
        : {
            series: { name: readings.series.name, missing: [...readings.series.missing] },
          }),
      season: forecast.season ?? 1,
    },
    time,
    series,
    warnings: gapWarnings(timeline, irregularPlaces(timeline, step), forecast, stepText(step)),
  };
}

/** A row's window ends `horizon` rows before it, and begins no earlier than its series. */
function windowEnds({ places, starts }: Timeline, rows: number, horizon: number): Int32Array {
  return places.map((place) => {
    const end = place - horizon;
    return place >= 0 && end - rows + 1 >= (starts[place] ?? 0) ? end : -1;
  });
}

/** The values of a column in the timeline's order, and a window of them for each row of the data. */
export function windowColumn(
  { timeline, ends, rows }: Pick<PreparedForecast, 'timeline' | 'ends' | 'rows'>,
  { name, values }: FeatureColumn,
): WindowColumn {
  const ordered = Float64Array.from(timeline.order, (row) => Number(values[row] ?? NaN));
  return { kind: 'window', name, values: ordered, ends, rows };
}

function gapWarnings(
  { order }: Timeline,
  irregular: readonly number[],
  { time }: Forecast,
  step: string,
): string[] {
  const [first] = irregular;
  if (first === undefined) return [];
  const [row, before] = [first, first - 1].map((place) => (order[place] ?? 0) + 1);
  const count = irregular.length.toLocaleString('en');
  return [
    `Rows in column "${time}" are mostly ${step} apart, and ${count} ${irregular.length === 1 ? 'is' : 'are'} not that far from the row before, the first being row ${row ?? ''} after row ${before ?? ''}. A forecast counts rows, so that its lags are longer or shorter there.`,
  ];
}
