import { describe, expect, it } from 'vitest';
import { describeSplit } from '#core/run/describe-split.ts';
import { predictRecords } from '#core/predict.ts';
import { parseSpec, specToYaml } from '#core/spec/parse-spec.ts';
import { rangeText } from '#core/spec/pins.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { readText } from '../../support/csv.ts';
import { noise, openBest, runCsv, tableOf, withoutNetwork } from '../../support/experiment.ts';
import { refusalOf } from '../../support/refusal.ts';
import { birds, column, infoOf, readSpec, specWith } from '../../support/spec.ts';

describe('a spec that pins what cannot hold is refused, with its place', () => {
  it.each([
    ['columns.island.range', { min: 0 }, /is for numbers, and the column is read as categorical/],
    ['columns.mass.range', {}, /has neither min nor max/],
    ['columns.mass.range', { min: 5, max: 4 }, /begins at 5, after its end at 4/],
    ['columns.mass.range.min', Infinity, /must be a finite number, and got Infinity/],
    ['columns.mass.categories', ['a'], /is for categories, and the column is read as numeric/],
    ['columns.island.categories', [], /must name at least one value/],
    ['columns.island.categories', ['Dream', 'Dream'], /names "Dream" twice/],
    ['columns.island.categories', ['Dream', 'NA'], /names "NA", which means missing/],
    ['columns.island.categories', [' Dream'], /names " Dream", with white space/],
    ['columns.id.range', { min: 1 }, /is for numbers, and the column is read as identifier/],
    ['columns.species.known', false, /is false, and the column is the target/],
    ['columns.species.categories', ['Adelie'], /is for inputs, and the column is the target/],
    ['columns.species.nullable', false, /is for inputs, and the column is the target/],
    ['contract.threshold', 1.2, /is 1\.2, and Macro F1 can only be 0 to 1/],
    ['contract.latencyMs', 0, /must be more than 0, and got 0/],
    ['contract.rowsPerSecond', -5, /must be more than 0, and got -5/],
    ['contract.label', '', /must not be empty/],
  ])('%s: %j', async (path, value, said) => {
    const { message, details } = await refusalOf(() => readSpec(specWith(path, value)));
    expect(message).toMatch(said);
    expect(details?.['path']).toMatch(path.replace('.range.min', '.range'));
  });

  it('categories that would carry what a hash hides into the model', async () => {
    const settings = {
      personal: { decision: 'hash', salt: '0123456789abcdef' },
      categories: ['Dream'],
    };
    const { message } = await refusalOf(() => readSpec(specWith('columns.island', settings)));
    expect(message).toMatch(/the texts that hash is to hide/);
  });

  it('categories beside the order of an ordinal column', async () => {
    const settings = { type: 'ordinal', order: ['Dream', 'Biscoe'], categories: ['Torgersen'] };
    const { message } = await refusalOf(() => readSpec(specWith('columns.island', settings)));
    expect(message).toMatch(/names "Torgersen", which is not in the column's order/);
  });

  it('a threshold below what an error can be, and above what R² can', async () => {
    const houses = infoOf(column('price'), column('area'));
    const spec = proposeSpec(houses, 'price');
    const wanting = (metric: string, threshold: number): Spec =>
      readSpec({ ...spec, steps: [], metric, contract: { threshold } }, houses);
    expect((await refusalOf(() => wanting('rmse', -1))).message).toMatch(/only be at least 0/);
    expect((await refusalOf(() => wanting('r2', 1.5))).message).toMatch(/only be at most 1/);
    expect(wanting('r2', -0.5).contract).toEqual({ threshold: -0.5 });
  });

  it('no column that is known in time', async () => {
    const unknown = { known: false };
    const columns = { island: unknown, flipper: unknown, mass: unknown };
    const { message } = await refusalOf(() => readSpec(specWith('columns', columns), birds));
    expect(message).toMatch(/no input column is left/);
  });
});

it('a range is said with all its digits, in groups where there are many', () => {
  expect(rangeText({ min: 2700, max: 12_400.125 })).toBe('2700 to 12,400.125');
  expect(rangeText({ min: -1_234_567 })).toBe('at least -1,234,567');
  expect(rangeText({ min: 2700, max: 12_400.125 }, ',')).toBe('2700 to 12400,125');
  expect(rangeText({ max: 1e21 })).toBe('at most 1e+21');
  expect(rangeText({ min: 0.12345, max: 99_999 })).toBe('0.12345 to 99,999');
});

it('what is pinned stands in the YAML and is read back', () => {
  const spec = readSpec({
    ...specWith('columns.mass', { range: { min: 0.5, max: 99.5 }, nullable: false }),
    contract: { row: 'one bird', label: 'by DNA', threshold: 0.9, latencyMs: 5, rowsPerSecond: 10 },
  });
  expect(parseSpec(specToYaml(spec))).toEqual(spec);
});

const csv = tableOf(60, {
  height: (row) => (150 + 40 * noise(row)).toFixed(1),
  colour: (row) => (row === 20 ? '' : (['red', 'green', 'blue'][row % 3] ?? '')),
  visit: (row) => `v${row % 12}`,
  later: (row) => (noise(row) > 0.5 ? 'paid' : 'owes'),
  y: (row) => (noise(row) > 0.5 ? 'tall' : 'short'),
});

/** The proposed spec of the table with some columns' settings. */
const pinned =
  (columns: Spec['columns']) =>
  (spec: Spec): Spec => ({ ...withoutNetwork(spec), columns });

describe('rows that break what is pinned are refused before training', () => {
  it.each([
    [
      { height: { range: { max: 180 } } },
      /^columns\.height\.range allows at most 180, and \d+ of 60 rows have another value: row \d+ \(1\d\d(\.\d)?\), .*, and \d+ more\.$/,
    ],
    [
      { colour: { categories: ['red', 'green'] } },
      /^columns\.colour\.categories allows red or green, and 19 of 60 rows have another value: row 3 \("blue"\), /,
    ],
    [
      { colour: { nullable: false } },
      /^columns\.colour\.nullable is false, and 1 of 60 rows has a missing value: row 21\.$/,
    ],
  ])('%j', async (columns, said) => {
    const dataset = await readText(csv);
    const spec = pinned(columns)(proposeSpec(dataset.info, 'y'));
    const { message, details } = await refusalOf(() => describeSplit(spec, dataset));
    expect(message).toMatch(said);
    expect(details?.['path']).toBe(message.split(' ')[0]);
    expect((await refusalOf(() => runCsv(csv, 'y', () => spec))).message).toBe(message);
  });
});

describe('a trained model keeps to the contract', () => {
  const columns: Spec['columns'] = {
    height: { range: { min: 150, max: 190 }, nullable: false },
    colour: { categories: ['Red', 'green', 'blue'], fold: true },
    visit: { known: false },
    later: { known: false },
  };
  const trained = runCsv(csv, 'y', (spec) => ({
    ...pinned(columns)(spec),
    split: { ...spec.split, method: 'group', by: 'visit', stratify: false },
  }));

  async function predict(record: Readonly<Record<string, string>>) {
    const { session, contract } = await openBest(await trained);
    return predictRecords(session, contract, [record]);
  }

  it('without the columns that are not known in time, which still deal the rows', async () => {
    const { record } = (await trained).outcome;
    expect(record.contract.inputs.map(({ name }) => name)).toEqual(['height', 'colour']);
    expect(record.split).toMatchObject({ method: 'group', by: 'visit' });
    expect(record.contract.inputs[0]?.allowed).toEqual(columns['height']);
  });

  it('rows within it are predicted, whatever was seen in training', async () => {
    const [answer] = await predict({ height: '190', colour: 'RED' });
    expect(answer).toMatchObject({ task: 'classification', label: 'tall' });
    expect(await predict({ height: '150' })).toHaveLength(1);
  });

  it.each([
    [
      { height: '190.5', colour: 'red' },
      /^Row 1, column "height": the value is 190\.5, and the contract allows 150 to 190\.$/,
    ],
    [
      { height: 'NA', colour: 'red' },
      /^Row 1, column "height": the value is missing, and the contract allows no missing value\.$/,
    ],
    [
      { height: '160', colour: 'violet' },
      /^Row 1, column "colour": the value is "violet", and the contract allows Red, green or blue\.$/,
    ],
  ])('others are refused: %j', async (record, said) => {
    const { message, details } = await refusalOf(() => predict(record));
    expect(message).toMatch(said);
    expect(details?.['row']).toBe(1);
  });
});
