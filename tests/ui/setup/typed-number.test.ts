import { expect, it } from 'vitest';
import { estimators } from '#core/models/registry.ts';
import { typedNumber } from '#core/typed-number.ts';
import { optionalNumberField } from '#ui/spec/field-text.ts';

it('a number is shown with every digit, in its field as in its bounds', () => {
  const numbers = [65_536, 262_144, 0.9999, 0.000001, 1e-10, 1e15, -1e15, 0, 1];
  expect(numbers.map(optionalNumberField.write)).toEqual(numbers.map(typedNumber));
  expect(numbers.map(typedNumber)).toEqual([
    '65536',
    '262144',
    '0.9999',
    '1e-6',
    '1e-10',
    '1e15',
    '-1e15',
    '0',
    '1',
  ]);
});

it('the bounds of every parameter read back as they are', () => {
  const shown = estimators.flatMap(({ parameters }) =>
    parameters.flatMap((one) => ('min' in one ? [one.min, one.max] : [])),
  );
  expect(shown.map((bound) => Number(typedNumber(bound)))).toEqual(shown);
});
