import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Forecast } from '#core/spec/forecast.ts';

const path = fileURLToPath(new URL('../../public/samples/seattle-weather.csv', import.meta.url));

/** The sample of four years of Seattle's weather, day by day; its last `days` where asked for. */
export function weatherCsv(days?: number): string {
  const [header = '', ...rows] = readFileSync(path, 'utf8').trim().split('\n');
  return `${[header, ...(days === undefined ? rows : rows.slice(-days))].join('\n')}\n`;
}

/** Tomorrow's highest temperature from the last days, in a week's rhythm. */
export const weatherForecast: Forecast = {
  time: 'date',
  horizon: 1,
  lags: [0, 1, 2],
  inputs: ['wind', 'precipitation'],
  rolling: { windows: [7], statistics: ['mean', 'std', 'min', 'max'] },
  season: 7,
};
