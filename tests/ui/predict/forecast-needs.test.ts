import { expect, test } from 'vitest';
import { forecastNeeds } from '#ui/pages/predict/forecast-needs.ts';

test('what a forecast is made from is said in a sentence, of one series and of several', () => {
  const one = { rows: 7, horizon: 1, time: { name: 'day' } } as Parameters<typeof forecastNeeds>[0];
  expect(forecastNeeds(one)).toBe(
    'Give a file with the last 7 rows or more, up to what is known, with the column day. The forecast is for 1 row after the latest.',
  );
  const several = { ...one, series: { name: 'shop' } } as typeof one;
  expect(forecastNeeds(several)).toMatch(/^Give a file with the last 7 rows or more of each shop,/);
});
