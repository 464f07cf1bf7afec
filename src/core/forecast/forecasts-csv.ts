import Papa from 'papaparse';
import type { Prediction } from '#core/prediction.ts';
import type { Contract } from '#core/spec/contract.ts';

/** A row for each series: its name, the time that is predicted, and the value. */
export function forecastsCsv(
  { forecast, target }: Contract,
  predictions: readonly Prediction[],
): string {
  const names = [forecast?.series?.name, forecast?.time.name].filter((name) => name !== undefined);
  const data = predictions.flatMap((prediction) => {
    if (prediction.task !== 'regression' || prediction.moment === undefined) return [];
    const { series, time } = prediction.moment;
    return [[...(series === undefined ? [] : [series]), time, String(prediction.value)]];
  });
  const fields = [...names, `predicted_${target.name}`];
  return `${Papa.unparse({ fields, data }, { newline: '\n' })}\n`;
}
