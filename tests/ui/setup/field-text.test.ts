import { expect, test } from 'vitest';
import { usesText } from '#ui/pages/setup/column-use.ts';
import {
  readNumber,
  readNumberList,
  readNumberMap,
  readTokens,
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
