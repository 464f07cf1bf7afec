import type { Prediction } from '#core/prediction.ts';
import type { ContractForecast } from '#core/spec/forecast.ts';
import { plural } from '#ui/format.ts';

/** What rows a forecast is made from, in a sentence. */
export function forecastNeeds({ rows, horizon, time, series }: ContractForecast): string {
  const whose = series === undefined ? '' : ` of each ${series.name}`;
  return `Give a file with the last ${plural(rows, 'row')} or more${whose}, up to what is known, with the column ${time.name}. The forecast is for ${plural(horizon, 'row')} after the latest.`;
}

/** Columns of a table of forecasts, by their keys. */
export const momentKeys = { series: 'series', last: 'last', time: 'time' } as const;

export function momentColumns({ time, series }: ContractForecast) {
  return [
    ...(series === undefined
      ? []
      : [{ key: momentKeys.series, label: series.name, numeric: false }]),
    { key: momentKeys.last, label: 'Last known', numeric: false },
    { key: momentKeys.time, label: time.name, numeric: false },
  ];
}

export function momentText(prediction: Prediction, key: string): string {
  if (prediction.task !== 'regression' || prediction.moment === undefined) return '';
  const { series = '', last, time } = prediction.moment;
  const texts: Readonly<Record<string, string>> = { series, last, time };
  return texts[key] ?? '';
}
