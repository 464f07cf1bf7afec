import { expect, test } from 'vitest';
import { usesText } from '#ui/pages/setup/column-use.ts';
import {
  readNumber,
  readNumberList,
  readNumberMap,
  readTokens,
  slipOfNumber,
  slipOfNumberMap,
  valueText,
  writeNumberMap,
} from '#ui/spec/field-text.ts';
import { withColumn } from '#ui/spec/spec-edits.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import { penguins } from './penguins.ts';

test('texts become numbers only where they are numbers', () => {
  expect([readNumber(' 0.5 '), readNumber('1e-3'), readNumber(''), readNumber('ten')]).toEqual([
    0.5,
    0.001,
    NaN,
    NaN,
  ]);
  // As fields show their bounds; a decimal comma is no group of digits.
  expect(['65,536', '-1,000.5', '0,005', '1,5', '1,00,000'].map(readNumber)).toEqual([
    65_536,
    -1000.5,
    NaN,
    NaN,
    NaN,
  ]);
  expect(readNumberList('32, 16 8,')).toEqual([32, 16, 8]);
  expect(readNumberList('32; 16')).toEqual([NaN, 16]);
  expect(readNumberList('')).toEqual([]);
  expect(readTokens(' ?, not known ,,')).toEqual(['?', 'not known']);
  expect([valueText([32, 16]), valueText([]), valueText('relu'), valueText(0.01)]).toEqual([
    '32, 16',
    'none',
    'relu',
    '0.01',
  ]);
});

test('a decimal comma is answered with what to write, and groups of digits stay whole numbers', () => {
  const answers = {
    '0,5': '0.5',
    ' -1,25 ': '-1.25',
    ',5': '.5',
    '0,005': '0.005',
    '1000,5': '1000.5',
    '2,5e-3': '2.5e-3',
  };
  for (const [text, written] of Object.entries(answers)) {
    expect(readNumber(text)).toBeNaN();
    expect(slipOfNumber(text)).toBe(`Numbers have a decimal point here: write ${written}.`);
    expect(readNumber(written)).toBe(Number(written));
  }
  for (const text of [
    '',
    '0.5',
    '1,000',
    '12,500.5',
    '1,2,3',
    '1,00,000',
    '1.000,5',
    'a,5',
    ',',
    '5,',
  ])
    expect(slipOfNumber(text)).toBeUndefined();
  expect([readNumber('1,000'), readNumber('1,500')]).toEqual([1000, 1500]);
  expect(slipOfNumberMap('late: 5\nin time, mostly: 0,5')).toMatch(/write 0\.5\.$/);
  expect(slipOfNumberMap('late, or not: 5\nearly: 1,000')).toBeUndefined();
});

test('numbers by name are lines, also of names with colons', () => {
  const written = { late: 5, 'in time: yes': 0.5 };
  expect(readNumberMap('late: 5\n\n in time: yes : .5')).toEqual(written);
  expect(readNumberMap(writeNumberMap(written))).toEqual(written);
  expect([readNumberMap('late'), readNumberMap('late: much')]).toEqual([
    { '': NaN },
    { late: NaN },
  ]);
  expect([writeNumberMap(null), valueText(written), valueText({})]).toEqual([
    '',
    'late: 5, in time: yes: 0.5',
    'none',
  ]);
});

test('the use of columns is said in words', async () => {
  const info = await penguins();
  const spec = proposeSpec(info, 'species');
  expect(usesText(spec, info)).toBe('4 numeric and 2 categorical inputs');
  expect(usesText(withColumn(spec, 'island', { type: 'ignore' }), info)).toBe(
    '4 numeric and 1 categorical inputs, 1 left out',
  );
});
