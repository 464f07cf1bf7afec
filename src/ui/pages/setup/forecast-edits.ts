import type { DatasetInfo } from '#core/data/table.ts';
import type { Forecast } from '#core/spec/forecast.ts';
import { inputKind } from '#core/spec/input-columns.ts';
import type { Spec } from '#core/spec/spec.ts';

export interface ForecastColumns {
  readonly times: readonly string[];
  readonly series: readonly string[];
  /** Numbers that a forecast may look back at beside the target. */
  readonly numeric: readonly string[];
}

/** The columns that may take each part in a forecast. */
export function forecastColumns(
  { columns, target, forecast }: Pick<Spec, 'columns' | 'target' | 'forecast'>,
  info: DatasetInfo,
): ForecastColumns {
  const { time, series } = forecast ?? {};
  const ofKind = (kind: string): string[] =>
    info.columns
      .filter(({ name, type }) => inputKind(columns[name]?.type ?? type) === kind)
      .map(({ name }) => name)
      .filter((name) => name !== target);
  const kept = (names: readonly string[], name: string | undefined): readonly string[] =>
    name === undefined || names.includes(name) ? names : [...names, name];
  return {
    times: kept(ofKind('datetime'), time),
    series: kept(ofKind('categorical'), series),
    numeric: ofKind('numeric').filter((name) => name !== time && name !== series),
  };
}

/** What a forecast is at first: the last values and their mean; and as before where only its time is another. */
export function proposedForecast(
  time: string,
  before: Forecast | undefined,
  numeric: readonly string[],
): Forecast {
  if (before !== undefined) return { ...before, time };
  return {
    time,
    horizon: 1,
    lags: [0, 1, 2, 6],
    inputs: [...numeric],
    rolling: { windows: [7], statistics: ['mean', 'std'] },
  };
}
