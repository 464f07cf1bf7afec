import { describe, expect, it } from 'vitest';
import { prepareRun } from '#core/run/prepare-run.ts';
import type { Forecast } from '#core/spec/forecast.ts';
import { withForecast } from '#core/spec/propose-forecast.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import { parseSpec, specToYaml } from '#core/spec/parse-spec.ts';
import { checkSpec } from '#core/spec/check-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { noise, tableOf } from '../../support/experiment.ts';
import { readText } from '../../support/csv.ts';
import { refusalOf } from '../../support/refusal.ts';

const day = (row: number): string =>
  new Date(Date.UTC(2024, 0, 1 + row)).toISOString().slice(0, 10);
const columns = {
  day,
  sales: (row: number) => (20 + 5 * noise(row)).toFixed(2),
  guests: (row: number) => (90 * noise(row, 1)).toFixed(0),
  weather: (row: number) => (noise(row, 2) < 0.5 ? 'sun' : 'rain'),
};
const usual: Forecast = { time: 'day', horizon: 2, lags: [0, 3], inputs: ['guests'] };

/** What becomes of a spec that is changed, written, read again, and made ready to run. */
async function prepared(
  change: (spec: Spec) => unknown,
  csv = tableOf(60, columns),
  forecast = usual,
) {
  const dataset = await readText(csv);
  const spec = withForecast(proposeSpec(dataset.info, 'sales'), dataset.info, forecast);
  const read = parseSpec(specToYaml(change(spec) as Spec));
  checkSpec(read, dataset.info);
  return prepareRun(read, dataset);
}

const given =
  (forecast: object) =>
  (spec: Spec): object => ({ ...spec, forecast: { ...spec.forecast, ...forecast } });
const modelled =
  (model: string) =>
  (spec: Spec): object => ({ ...spec, candidates: [...spec.candidates, { name: 'x', model }] });

describe('a forecast that cannot be made is refused by the place in the spec', () => {
  it.each([
    ['a window of 0', given({ window: 0 }), /^forecast\.window must be at least 1/],
    [
      'steps of a network that reads windows as they are',
      (spec: Spec) => ({
        ...spec,
        candidates: [...spec.candidates, { name: 'x', model: 'gru', steps: [] }],
      }),
      /^candidates\[\d\]\.steps are not read by Recurrent network/,
    ],
    ['a horizon of 0', given({ horizon: 0 }), /^forecast\.horizon must be at least 1/],
    ['no lags', given({ lags: [] }), /^forecast\.lags must hold at least one/],
    ['a lag before the present', given({ lags: [-1] }), /^forecast\.lags\[0\] must be at least 0/],
    ['a lag given twice', given({ lags: [1, 1] }), /^forecast\.lags must be different numbers/],
    ['a window of 1', given({ rolling: { windows: [1] } }), /windows\[0\] must be at least 2/],
    ['a season of 1', given({ season: 1 }), /^forecast\.season must be at least 2/],
    ['an unknown statistic', given({ rolling: { windows: [3], statistics: ['mode'] } }), /mode/],
    [
      'a text to look back at',
      given({ inputs: ['weather'] }),
      /inputs\[0\] is "weather", which is/,
    ],
    ['the target among the inputs', given({ inputs: ['sales'] }), /which is the target/],
    ['a column that is not there', given({ inputs: ['snow'] }), /no such column/],
    ['the target as series', given({ series: 'sales' }), /^forecast\.series is "sales"/],
    [
      'texts as times',
      (spec: Spec) => ({
        ...given({ time: 'weather' })(spec),
        split: { method: 'time', by: 'weather' },
      }),
      /neither dates nor numbers/,
    ],
    [
      'a random split',
      (spec: Spec) => ({ ...spec, split: { method: 'random' } }),
      /^split is random/,
    ],
    ['seasonal naive without a season', modelled('seasonal_naive'), /^forecast\.season is missing/],
    [
      'classification',
      (spec: Spec) => ({
        ...spec,
        task: 'classification',
        metric: 'accuracy',
        candidates: [{ name: 'b', model: 'majority' }],
      }),
      /^forecast predicts numbers/,
    ],
    [
      'last value without a forecast',
      (spec: Spec) => ({
        ...spec,
        forecast: undefined,
        candidates: [{ name: 'b', model: 'last_value' }],
      }),
      /which is for forecasts/,
    ],
  ])('%s', async (_, change, message) => {
    expect((await refusalOf(() => prepared(change))).message).toMatch(message);
  });

  it('MASE without a forecast', async () => {
    const dataset = await readText(tableOf(60, columns));
    const spec = { ...proposeSpec(dataset.info, 'sales'), metric: 'mase' as const };
    expect((await refusalOf(() => parseSpec(specToYaml(spec)))).message).toContain('for forecasts');
  });

  it('series that are shorter than what a forecast looks back on', async () => {
    const csv = tableOf(60, { ...columns, day: (row) => day(row >> 2), shop: (row) => row % 4 });
    const forecast = { ...usual, series: 'shop', lags: [0, 20] };
    const { message, details } = await refusalOf(() => prepared((spec) => spec, csv, forecast));
    expect(message).toContain('the longest series has 15 rows');
    expect(details).toMatchObject({ path: 'forecast', rows: 0, needed: 23 });
  });
});

describe('rows', () => {
  const rows = (order: (row: number) => number) =>
    tableOf(
      60,
      Object.fromEntries(
        Object.entries(columns).map(([name, of]) => [name, (row: number) => of(order(row))]),
      ),
    );

  it('in any order give the same features', async () => {
    const sorted = await prepared((spec) => spec);
    const mixed = await prepared(
      (spec) => spec,
      rows((row) => (row * 7) % 60),
    );
    const [a, b] = [sorted, mixed].map(({ parts }) =>
      Array.from(parts.test.data.features.values).sort((one, other) => one - other),
    );
    for (const [i, value] of (a ?? []).entries()) expect(b?.[i]).toBeCloseTo(value, 5);
  });

  it('with a gap in time are warned of', async () => {
    const gap = tableOf(60, { ...columns, day: (row) => day(row < 30 ? row : row + 5) });
    const { warnings } = await prepared((spec) => spec, gap);
    expect(warnings.join(' ')).toContain(
      'mostly 1 day apart, and 1 is not that far from the row before, the first being row 31 after row 30',
    );
  });

  it('without all that they look back on are left out, and counted', async () => {
    const { target, warnings } = await prepared((spec) => spec);
    expect(target.rowsWithoutHistory).toBe(5);
    expect(warnings.join(' ')).toContain('are not all there: 5.');
  });
});
