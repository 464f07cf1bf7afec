import { beforeAll, describe, expect, it } from 'vitest';
import { predictRecords, predictTable } from '#core/predict.ts';
import { contractAsRead } from '#core/spec/contract-as-read.ts';
import type { ModelSession } from '#core/engine.ts';
import type { Contract } from '#core/spec/contract.ts';
import {
  expectEndsWell,
  noise,
  openBest,
  runCsv,
  tableOf,
  withoutNetwork,
} from '../support/experiment.ts';
import { readText } from '../support/csv.ts';
import { refusalOf } from '../support/refusal.ts';

/** Sales rise with the years and peak on weekends; European dates with a gap now and then, and a time column in UTC. */
const day = (row: number): Date => new Date(Date.UTC(2021, 0, 1 + row * 3));
const two = (value: number): string => String(value).padStart(2, '0');
const csv = tableOf(300, {
  sold_on: (row) => {
    const date = day(row);
    const text = `${two(date.getUTCDate())}.${two(date.getUTCMonth() + 1)}.${date.getUTCFullYear()}`;
    return noise(row, 1) < 0.05 ? '' : text;
  },
  rung_up: (row) => `${day(row).toISOString().slice(0, 11)}${two(row % 24)}:30:00+02:00`,
  sales: (row) => {
    const weekend = [0, 6].includes(day(row).getUTCDay()) ? 40 : 0;
    return (100 + row / 3 + weekend + 5 * noise(row, 2)).toFixed(2);
  },
});

describe('a run over columns of dates', () => {
  let contract: Contract;
  let session: ModelSession;
  let experiment: Awaited<ReturnType<typeof runCsv>>;

  beforeAll(async () => {
    experiment = await runCsv(csv, 'sales', withoutNetwork);
    ({ session, contract } = await openBest(experiment));
  });

  it('takes them apart by default, and learns from them', () => {
    expectEndsWell(experiment);
    const { spec, outcome } = experiment;
    expect(spec.steps.map(({ step, columns }) => `${step} ${String(columns)}`)).toEqual([
      'date_parts datetime',
      'impute datetime',
      'scale datetime',
    ]);
    const best = outcome.record.candidates.find(({ name }) => name === outcome.record.best);
    expect(best?.versusBaseline?.real).toBe(true);
    expect(best?.metrics.test['r2']?.value).toBeGreaterThan(0.7);
  });

  it('keeps in the contract how dates are written, and which there were', () => {
    expect(contract.inputs).toMatchObject([
      { name: 'sold_on', type: 'datetime', dtype: 'string', dates: 'day_first' },
      { name: 'rung_up', type: 'datetime', dtype: 'string' },
    ]);
    const [soldOn, rungUp] = contract.inputs;
    expect(soldOn?.period?.from).toMatch(/^2021-01-\d\d$/);
    expect(rungUp?.example).toMatch(/^\d{4}-\d\d-\d\dT\d\d:30:00Z$/);
  });

  it('predicts from any form of a date alike, and from none', async () => {
    const predictions = await predictRecords(session, contract, [
      { sold_on: '04.03.2022', rung_up: '2022-03-04T08:30:00+02:00' },
      { sold_on: '2022-03-04', rung_up: '2022-03-04 06:30 Z' },
      { sold_on: ' 4 Mar 2022 ', rung_up: 'March 4, 2022 6:30 AM UTC' },
      { sold_on: '04.03.22', rung_up: 'Fri, 4 Mar 2022 06:30:00 GMT' },
      { sold_on: '2022-W09-5', rung_up: '2022W095T063000Z' },
      { sold_on: '2022-063', rung_up: '2022-063T06:30:00Z' },
      { sold_on: null, rung_up: '' },
    ]);
    const values = predictions.map((one) => (one.task === 'regression' ? one.value : NaN));
    expect(values[1]).toBe(values[0]);
    expect(values[2]).toBe(values[0]);
    expect(values[3]).toBe(values[0]);
    expect(values[4]).toBe(values[0]);
    expect(values[5]).toBe(values[0]);
    expect(values[6]).not.toBe(values[0]);
  });

  it('predicts from a file whose dates have the month first, where that is said', async () => {
    const { table } = await readText(
      'sold_on,rung_up\n03/04/2022,2022-03-04T06:30:00Z\n03/14/2022,2022-03-14\n',
    );
    const error = await refusalOf(() => predictTable(session, contract, table));
    expect(error.message).toContain('Row 2, column "sold_on": "03/14/2022" is not a date');
    expect(error.hint).toContain('data.read.dates');
    const american = contractAsRead(contract, { dates: 'month_first' });
    expect(await predictTable(session, american, table)).toEqual(
      await predictRecords(session, contract, [
        { sold_on: '04.03.2022', rung_up: '2022-03-04T06:30:00Z' },
        { sold_on: '14.03.2022', rung_up: '2022-03-14' },
      ]),
    );
  });

  it.each([
    ['no day of the calendar', '31.02.2022'],
    ['another order than in training', '03/14/2022'],
    ['two digits for the year, and one for the day', '4.3.22'],
    ['words', 'yesterday'],
    ['a number', '44624'],
  ])('%s is refused with row and column', async (_, text) => {
    const records = [{ sold_on: '04.03.2022' }, { sold_on: text }];
    const error = await refusalOf(() => predictRecords(session, contract, records));
    expect(error.code).toBe('not_a_date');
    expect(error.details).toMatchObject({ row: 2, column: 'sold_on' });
    expect(error.message).toContain(`"${text}" is not a date`);
  });
});

it('a column of dates without a step for it is refused, and one to be one-hot encoded', async () => {
  const none = await refusalOf(() => runCsv(csv, 'sales', (spec) => ({ ...spec, steps: [] })));
  expect(none.message).toContain('the datetime column "sold_on" is no number after its last step');
  expect(none.hint).toContain('date_parts');
  const wrong = await refusalOf(() =>
    runCsv(csv, 'sales', (spec) => ({
      ...spec,
      steps: [{ step: 'one_hot', columns: 'datetime', parameters: {} }],
    })),
  );
  expect(wrong.message).toContain('the step "one_hot" does not take the datetime column "sold_on"');
});
