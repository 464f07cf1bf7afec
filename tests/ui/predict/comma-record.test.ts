import { describe, expect, it } from 'vitest';
import { predictRecords } from '#core/predict.ts';
import { exampleRecord } from '#ui/pages/predict/record-form.ts';
import { noise, openBest, runCsv, tableOf, withoutNetwork } from '../../support/experiment.ts';
import { refusalOf } from '../../support/refusal.ts';

const csv = tableOf(80, {
  height: (row) => (1200 + 60 * (row % 2) + 38 * noise(row)).toFixed(2).replace('.', ','),
  leaves: (row) => 3 + (row % 4),
  colour: (row) => (row % 2 === 0 ? 'red' : 'green'),
});
const trained = runCsv(csv, 'colour', (spec) => ({
  ...withoutNetwork(spec),
  columns: {
    height: { range: { min: 1200, max: 1300.5 } },
    leaves: { type: 'integer' },
  },
}));

describe('a row for a model whose data has decimal commas', () => {
  it('is taken as the form first shows it', async () => {
    const { session, contract } = await openBest(await trained);
    expect(contract.inputs.map(({ name, decimal }) => [name, decimal])).toEqual([
      ['height', ','],
      ['leaves', undefined],
    ]);
    const first = exampleRecord(contract);
    expect(first['height']).toMatch(/^12\d{2},\d+$/);
    expect(first['leaves']).toMatch(/^\d$/);
    expect((await trained).outcome.record.best).toBe('logistic');
    const [answer] = await predictRecords(session, contract, [first]);
    // A record from JSON, where numbers have a point whatever the data has.
    const height = Number(first['height']?.replace(',', '.'));
    const leaves = Number(first['leaves']);
    expect(await predictRecords(session, contract, [{ height, leaves }])).toEqual([answer]);
  });

  it('is refused with a decimal point, and out of range in numbers as it has them', async () => {
    const { session, contract } = await openBest(await trained);
    const messageOf = async (height: string) =>
      (await refusalOf(() => predictRecords(session, contract, [{ height, leaves: '4' }]))).message;
    expect(await messageOf('1250.5')).toBe('Row 1, column "height": "1250.5" is not a number.');
    expect(await messageOf('1300,75')).toBe(
      'Row 1, column "height": the value is 1300,75, and the contract allows 1200 to 1300,5.',
    );
  });
});
