import type { ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { typedColumn } from '#core/data/typed-columns.ts';
import type { ModelSession } from '#core/engine.ts';
import { TerrariumError } from '#core/errors.ts';
import { predictRecords } from '#core/predict.ts';
import type { RecordValue } from '#core/record-values.ts';
import type { Contract } from '#core/spec/contract.ts';
import { contractJsonSchema, type ContractOutline } from '#core/spec/json-schema.ts';
import { outlineContract } from '#core/spec/outline-contract.ts';
import { noise, openBest, runCsv, tableOf, withoutNetwork } from '../../support/experiment.ts';
import { validatorOf } from '../../support/validator.ts';

const islands = ['Biscoe', 'Dream', 'Torgersen'];
const csv = tableOf(90, {
  id: (row) => `bird ${row}`,
  mass: (row) => (row % 23 === 3 ? '' : (3500 + 1000 * noise(row)).toFixed(0)),
  flipper: (row) => (180 + 30 * noise(row, 1)).toFixed(1),
  age: (row) => (row % 19 === 0 ? -9 : Math.floor(9 * noise(row, 2))),
  island: (row) => islands[row % 3] ?? '',
  nest: (row) => (noise(row, 3) > 0.5 ? 'On ground' : 'in grass'),
  size: (row) => ['S', 'M', 'L'][row % 3] ?? '',
  name: (row) => `n${row % 7}`,
  species: (row) => (noise(row) + noise(row, 1) > 1 ? 'Gentoo' : 'Adelie'),
});

const trained = runCsv(csv, 'species', (spec) => ({
  ...withoutNetwork(spec),
  columns: {
    mass: { range: { min: 3500, max: 4500 } },
    flipper: { range: { min: 180 }, nullable: false },
    age: { type: 'integer', missing: ['-9'], range: { max: 10 } },
    island: { categories: islands, nullable: false, missing: ['?', '(none)'] },
    nest: { fold: true, nullable: false },
    size: { type: 'ordinal', order: ['S', 'M', 'L'] },
    name: { personal: { decision: 'hash', salt: '0123456789abcdef' } },
  },
  contract: { row: 'one bird', label: 'The species, by DNA.', threshold: 0.8, latencyMs: 20 },
}));

let session: ModelSession;
let contract: Contract;
let valid: ValidateFunction;

beforeAll(async () => {
  ({ session, contract } = await openBest(await trained));
  valid = validatorOf(contractJsonSchema(contract));
});

/** Whether `predict` takes a record; any refusal but of a value there counts as a fault. */
async function predicts(record: Readonly<Record<string, RecordValue>>): Promise<boolean> {
  try {
    await predictRecords(session, contract, [record]);
    return true;
  } catch (thrown) {
    if (!(thrown instanceof TerrariumError) || thrown.kind !== 'input') throw thrown;
    expect(thrown.message).toMatch(/^Row 1, column "/);
    return false;
  }
}

const good = {
  mass: 4000,
  flipper: 190.5,
  age: 3,
  island: 'Dream',
  nest: 'on ground',
  size: 'M',
  name: 'anybody',
};

describe('the JSON Schema of a contract', () => {
  it('says what a record is, what is pinned and what was merely seen', async () => {
    expect(contractJsonSchema(contract)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'table: species',
      description: 'One record: one bird. The model predicts species: The species, by DNA.',
      required: ['flipper', 'island', 'nest'],
      properties: {
        mass: { type: ['number', 'null'], minimum: 3500, maximum: 4500 },
        flipper: { type: 'number', minimum: 180 },
        age: { type: ['integer', 'null'], maximum: 10 },
        island: { type: 'string', enum: islands },
        size: { type: ['string', 'null'], enum: ['S', 'M', 'L', null] },
      },
      'x-terrarium': { task: 'classification', target: 'species', threshold: 0.8, latencyMs: 20 },
    });
    const text = JSON.stringify(contractJsonSchema(contract));
    expect(text).toContain('Seen in the data: ');
    expect(text).toContain('The model sees a salted hash of the value.');
    expect(text).not.toContain('0123456789abcdef');
    await expect(predicts(good)).resolves.toBe(true);
    expect(valid(good), JSON.stringify(valid.errors)).toBe(true);
  });

  it('takes every row of the data, held-out ones too', async () => {
    const { dataset } = await trained;
    const columns = contract.inputs.map((input) => typedColumn(dataset.table, input));
    for (let row = 0; row < dataset.table.rowCount; row += 1) {
      const record = Object.fromEntries(
        columns.map(({ name, values }) => {
          const value = values[row] ?? '';
          return [name, value === '' || Number.isNaN(value) ? null : value];
        }),
      );
      expect(valid({ ...record, species: 'unread' }), JSON.stringify(valid.errors)).toBe(true);
    }
  });

  it('describes the answer too', async () => {
    const answer = validatorOf({
      $ref: '#/$defs/answer',
      $defs: contractJsonSchema(contract)['$defs'],
    });
    const [prediction] = await predictRecords(session, contract, [good]);
    expect(answer(prediction), JSON.stringify(answer.errors)).toBe(true);
    expect(answer({ ...prediction, label: 'Dodo' })).toBe(false);
    expect(answer({ task: 'classification', label: 'Adelie' })).toBe(false);
  });

  it('is the same before training, but for what was seen', async () => {
    const { spec, dataset } = await trained;
    const before = contractJsonSchema(outlineContract(spec, dataset.info));
    expect(withoutDescriptions(before)).toEqual(withoutDescriptions(contractJsonSchema(contract)));
    validatorOf(before);
  });

  it('of a regression answers with a number', () => {
    const outline: ContractOutline = {
      name: 'price',
      task: 'regression',
      primaryMetric: 'rmse',
      target: { name: 'price' },
      inputs: [{ name: 'area', type: 'numeric', dtype: 'float32', missing: [''] }],
    };
    const schema = contractJsonSchema(outline);
    const answer = validatorOf({ $ref: '#/$defs/answer', $defs: schema['$defs'] });
    expect(answer({ task: 'regression', value: 12.5 })).toBe(true);
    expect(answer({ task: 'regression', value: 'much' })).toBe(false);
    expect(validatorOf(schema)({ area: null })).toBe(true);
  });
});

describe('the schema and predict agree', () => {
  it.each([
    ['below the range', { mass: 3499 }],
    ['above the range', { mass: 4501 }],
    ['a missing value', { flipper: null }],
    ['a value that is not there', { island: undefined }],
    ['a category beside the list', { island: 'Atlantis' }],
    ['a text that means missing', { nest: ' n/a ' }],
    ['white space alone', { nest: ' \t' }],
    ['a value beside the order', { size: 'XL' }],
    ['no integer', { age: 2.5 }],
    ['a text for a number', { mass: 'heavy' }],
  ])('%s is refused by both', async (_, change) => {
    const record = JSON.parse(JSON.stringify({ ...good, ...change })) as Record<
      string,
      RecordValue
    >;
    expect(valid(record)).toBe(false);
    expect(await predicts(record)).toBe(false);
  });

  const number = fc.oneof(
    fc.double({ min: 100, max: 6000, noNaN: true }),
    fc.integer({ min: -9, max: 12 }),
    fc.constantFrom(3500, 4500, 180, -9),
  );
  const texts = [...islands, 'On ground', 'Atlantis', 'S', 'L', 'XL', 'on  GROUND'];
  const text = fc.oneof(fc.constantFrom(...texts), fc.stringMatching(/^[a-zÄ-ü(]{1,8}$/));
  /** A record in the schema's own types, in which only null means missing. */
  const record = fc.record(
    {
      mass: fc.option(number),
      flipper: fc.option(number),
      age: fc.option(number.filter((value) => value !== -9)),
      island: fc.option(text),
      nest: fc.option(text),
      size: fc.option(text),
      name: fc.option(text),
      unread: fc.option(text),
    },
    { requiredKeys: [] },
  );

  it('on any record of texts and numbers', async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(record, fc.option(fc.nat(7)), async (changed, at) => {
        const given = at === null ? changed : { ...good, ...oneOf(changed, at) };
        const isValid = valid(given);
        expect(
          await predicts(given),
          `${JSON.stringify(given)} ${JSON.stringify(valid.errors)}`,
        ).toBe(isValid);
        if (isValid) taken += 1;
      }),
      { numRuns: 300, seed: 5 },
    );
    expect(taken).toBeGreaterThan(50);
  });
});

/** One of a record's values, by its place. */
function oneOf(record: Readonly<Record<string, RecordValue>>, at: number) {
  return Object.fromEntries(Object.entries(record).slice(at, at + 1));
}

function withoutDescriptions(schema: unknown): unknown {
  return JSON.parse(
    JSON.stringify(schema, (key, value: unknown) => (key === 'description' ? undefined : value)),
  );
}
