import { expect, it } from 'vitest';
import { estimators } from '#core/models/registry.ts';
import { boundText } from '#ui/format.ts';

it('a bound is shown with every digit, as whoever types it needs it', () => {
  expect([65_536, 262_144, 0.9999, 1e-10, 1e15, -1e15, 0, 1].map(boundText)).toEqual([
    '65,536',
    '262,144',
    '0.9999',
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
  expect(shown.map((bound) => Number(boundText(bound).replaceAll(',', '')))).toEqual(shown);
});
