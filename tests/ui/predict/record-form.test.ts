import { expect, test } from 'vitest';
import type { ContractInput } from '#core/spec/contract.ts';
import {
  atField,
  exampleRecord,
  noteOn,
  offeredCategories,
} from '#ui/pages/predict/record-form.ts';

const length: ContractInput = {
  name: 'bill_length_mm',
  tensor: 'bill_length_mm',
  type: 'numeric',
  dtype: 'float32',
  missing: ['', 'NA'],
  range: { min: 32.1, max: 59.6 },
  example: 44.450000762939453,
};
const island: ContractInput = {
  name: 'island',
  tensor: 'island',
  type: 'categorical',
  dtype: 'string',
  missing: ['', 'NA'],
  categories: ['Biscoe', 'Dream'],
  example: 'Biscoe',
};

test('a form begins with typical values, numbers without noise', () => {
  const contract = { inputs: [length, island] };
  expect(exampleRecord(contract)).toEqual({ bill_length_mm: '44.45', island: 'Biscoe' });
});

const height: ContractInput = {
  ...length,
  name: 'height',
  tensor: 'height',
  decimal: ',',
  range: { min: 1.5, max: 12_400.5 },
  example: 6.25,
};

test('where the data has decimal commas, a form begins with them and takes them', () => {
  const label = { ...island, example: '2.5 m' };
  const when: ContractInput = {
    ...island,
    name: 'when',
    type: 'datetime',
    example: '2021-09-30T12:00:00.5',
  };
  const contract = { inputs: [height, label, when] };
  expect(exampleRecord(contract)).toEqual({
    height: '6,25',
    island: '2.5 m',
    when: '2021-09-30T12:00:00.5',
  });
  expect(noteOn(height, '6,25')).toBeNull();
  expect(noteOn(height, '1,25')).toMatch(/below all training values/);
  expect(noteOn(height, '12400,75')).toMatch(/above all training values/);
  expect(noteOn(height, '-')).toBeNull();
});

test('a number with the other decimal mark is answered with what to write', () => {
  expect(noteOn(height, ' 6.25 ')).toBe(
    'Numbers have a decimal comma here, as in the data: write 6,25.',
  );
  expect(noteOn(length, '-0,5e3')).toBe(
    'Numbers have a decimal point here, as in the data: write -0.5e3.',
  );
  // A thousand and a half to some, to others one and a half; and what is no number in either way.
  for (const text of ['1.500', '1.500.000', '1.5.0', 'tall', '1.500,5'])
    expect(noteOn(height, text)).toBeNull();
  expect(noteOn(length, '1,500')).toBeNull();
});

test('an example is one that the contract takes: an integer, or within what is pinned', () => {
  const examples = [
    { ...height, example: 6.5, integer: true },
    { ...length, example: 1_234_567.5, allowed: { range: { max: 1_234_567.5 } } },
    { ...height, example: 0.123_456_7, allowed: { range: { max: 0.123_456_8 } } },
  ];
  const first = examples.map((input) => exampleRecord({ inputs: [input] }));
  expect(first.map((record) => Object.values(record)[0])).toEqual(['7', '1234567.5', '0,1234567']);
});

test('a refusal at its field names the value alone', () => {
  const message = 'Row 1, column "mass": "heavy" is not a number.';
  expect(atField(message, 'mass')).toBe('"heavy" is not a number.');
  expect(atField('The model is not here.', 'mass')).toBe('The model is not here.');
});

test('categories are offered by name, and in their order where they have one', () => {
  const seen = ['Torgersen', 'Dream', 'Île', 'island 10', 'island 9'];
  expect(offeredCategories({ ...island, categories: seen })).toEqual([
    'Dream',
    'Île',
    'island 9',
    'island 10',
    'Torgersen',
  ]);
  const pinned = { ...island, allowed: { categories: ['Dream', 'Biscoe'] } };
  expect(offeredCategories(pinned)).toEqual(['Biscoe', 'Dream']);
  const order = ['low', 'medium', 'high'];
  expect(offeredCategories({ ...island, categories: ['high', 'low'], order })).toEqual(order);
  expect(offeredCategories({ ...pinned, order, allowed: { categories: ['low', 'high'] } })).toEqual(
    ['low', 'high'],
  );
});

test('a value outside the training range is allowed, and said', () => {
  expect(noteOn(length, '40')).toBeNull();
  expect(noteOn(length, '3')).toMatch(/below all training values/);
  expect(noteOn(length, '300')).toMatch(/above all training values/);
  expect(noteOn(length, 'long')).toBeNull();
});

test('a missing value is allowed, and said', () => {
  expect(noteOn(length, '')).toMatch(/^Missing/);
  expect(noteOn(island, ' NA ')).toMatch(/^Missing/);
});

test('what the contract does not allow is left to the refusal', () => {
  const pinned = { ...length, allowed: { range: { max: 60 }, nullable: false } };
  expect(noteOn(pinned, '')).toBeNull();
  expect(noteOn(pinned, '61')).toBeNull();
  expect(noteOn(pinned, '59.9')).toMatch(/above all training values/);
  expect(noteOn({ ...island, allowed: { categories: ['Dream'] } }, 'Torgersen')).toBeNull();
});

test('a category that was not seen is said, unless the list of categories may be cut', () => {
  expect(noteOn(island, 'Dream')).toBeNull();
  expect(noteOn(island, 'Torgersen')).toMatch(/^Not seen in training/);
  const many = Array.from({ length: 50 }, (_, i) => `island ${i}`);
  expect(noteOn({ ...island, categories: many }, 'Torgersen')).toBeNull();
});

test('a date before or after all of training is said, in whatever form it is typed', () => {
  const when: ContractInput = {
    name: 'when',
    tensor: 'when',
    type: 'datetime',
    dtype: 'string',
    dates: 'day_first',
    missing: ['', 'NA'],
    period: { from: '2021-01-01', to: '2022-06-30' },
    example: '2021-09-30',
  };
  expect(noteOn(when, '2022-01-01')).toBeNull();
  expect(noteOn(when, '2022-06-30T12:00:00')).toBeNull();
  expect(noteOn(when, '1.7.2022')).toMatch(/after all training dates/);
  expect(noteOn(when, 'Dec 31, 2020')).toMatch(/before all training dates/);
  expect(noteOn(when, 'soon')).toBeNull();
  expect(noteOn(when, '')).toMatch(/^Missing/);
});

test('a text is taken as it is, and a missing one as a text without a word', () => {
  const review: ContractInput = {
    name: 'review',
    tensor: 'review',
    type: 'text',
    dtype: 'string',
    missing: ['', 'NA'],
    example: '',
  };
  expect(noteOn(review, 'anything 🎉')).toBeNull();
  expect(noteOn(review, ' ')).toMatch(/without a word/);
});
