import { beforeAll, describe, expect, it } from 'vitest';
import { readTable } from '#core/data/dataset.ts';
import { predictRecords, predictTable } from '#core/predict.ts';
import { openBest, noise, runCsv, tableOf, withoutNetwork } from '../support/experiment.ts';
import { refusalOf } from '../support/refusal.ts';

let best: Awaited<ReturnType<typeof openBest>>;
beforeAll(async () => {
  const csv = tableOf(90, {
    species: (row) => (row % 2 === 0 ? 'Adelie' : 'Gentoo'),
    island: (row) => (row % 3 === 0 ? 'Dream' : 'Biscoe'),
    mass: (row) => 3500 + (row % 2) * 1400 + Math.round(300 * noise(row, 2)),
    seen: (row) => `2024-01-${String((row % 28) + 1).padStart(2, '0')}`,
    sex: (row) => ['f', 'm', ''][row % 3] ?? '',
  });
  best = await openBest(
    await runCsv(csv, 'species', (spec) => ({
      ...withoutNetwork(spec),
      columns: { ...spec.columns, mass: { ...spec.columns['mass'], nullable: false } },
    })),
  );
  return () => best.session.release();
}, 60_000);

const plain = { island: 'Dream', mass: 4000, seen: '2024-01-05', sex: 'f' };

/** What is said of records that somebody's program sent, whatever the types say. */
function said(records: unknown): Promise<string> {
  return refusalOf(() =>
    predictRecords(best.session, best.contract, records as Parameters<typeof predictRecords>[2]),
  ).then(({ message }) => message);
}

/** The answers for a file of JSON. */
async function answers(content: unknown, name = 'rows.json') {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const { table } = await readTable(new Blob([text]).stream(), name);
  return predictTable(best.session, best.contract, table);
}

describe('a record that holds what the contract does not take is refused, by row, field and what it is', () => {
  it.each([
    ['island', { name: 'Dream' }, 'the model takes a text, and got an object'],
    ['island', {}, 'the model takes a text, and got an object'],
    ['island', ['Dream'], 'the model takes a text, and got a list of 1'],
    ['island', [], 'the model takes a text, and got a list of 0'],
    ['mass', { g: 1 }, 'the model takes a number, and got an object'],
    ['mass', [1, 2], 'the model takes a number, and got a list of 2'],
    ['mass', true, '"true" is not a number'],
    ['mass', 'heavy', '"heavy" is not a number'],
    ['seen', { day: 1 }, 'the model takes a date as a text, and got an object'],
    ['seen', true, '"true" is not a date'],
    ['seen', 'soon', '"soon" is not a date'],
  ])('%s: %j', async (name, value, words) => {
    const message = await said([plain, { ...plain, [name]: value }]);
    expect(message).toMatch(new RegExp(`^Row 2, column "${name}": `));
    expect(message).toContain(words);
  });

  it.each([
    [null, 'nothing'],
    [[1, 2], 'a list of 2'],
    ['Dream', 'a string'],
    [7, 'a number'],
    [true, 'true'],
  ])('and a record that is none: %j', async (record, kind) => {
    expect(await said([plain, record])).toBe(
      `Row 2 must be an object with named values, and is ${kind}.`,
    );
  });
});

it('a text that somebody typed for a number is that number, and a number for a text its digits', async () => {
  const [typed, given] = await predictRecords(best.session, best.contract, [
    { ...plain, mass: '4000' },
    plain,
  ]);
  expect(typed).toEqual(given);
  await predictRecords(best.session, best.contract, [{ ...plain, island: 7 }]);
});

describe('in a file of records', () => {
  it('an object where a value should be is refused by row and field, and not read as missing', async () => {
    for (const value of [{ name: 'Dream' }, {}, { deep: { er: 1 } }]) {
      const { message } = await refusalOf(() => answers([plain, { ...plain, island: value }]));
      expect(message).toBe('Row 2, column "island": the model takes a text, and got an object.');
    }
  });

  it('a list for a number is refused', async () => {
    const { message } = await refusalOf(() => answers([plain, { ...plain, mass: [1] }]));
    expect(message).toBe('Row 2, column "mass": "[1]" is not a number.');
  });

  it('a field that no record has is missing in all of them', async () => {
    const few = { mass: plain.mass, seen: plain.seen };
    const full = { ...plain, sex: null, island: null };
    const wanted = await answers([full, full]);
    expect(await answers([few, few])).toEqual(wanted);
    expect(await answers(`${JSON.stringify(few)}\n${JSON.stringify(few)}\n`, 'a.jsonl')).toEqual(
      wanted,
    );
    expect(await predictRecords(best.session, best.contract, [few, few])).toEqual(wanted);
  });

  it('one that may not be missing is named', async () => {
    const few = { island: plain.island, seen: plain.seen };
    const { message, hint } = await refusalOf(() => answers([few]));
    expect(message).toBe('The rows lack the column "mass", which the model needs.');
    expect(hint).toBe('Give it in every record.');
    expect(await said([few])).toMatch(/Row 1, column "mass": the value is missing/);
  });

  it('and records with none of the columns are another file', async () => {
    const { message } = await refusalOf(() => answers([{ a: 1 }]));
    expect(message).toMatch(/^The rows lack the columns "island", "mass", "seen", "sex"/);
  });
});

it('a CSV needs every column: there its header says what it has', async () => {
  const { table } = await readTable(
    new Blob(['island,mass,seen\nDream,4000,2024-01-05\n']).stream(),
    'a.csv',
  );
  const { message } = await refusalOf(() => predictTable(best.session, best.contract, table));
  expect(message).toMatch(/^The rows lack the column "sex"/);
});
