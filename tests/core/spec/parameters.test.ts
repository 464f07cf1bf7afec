import { expect, it } from 'vitest';
import { stepNamed } from '#core/features/registry.ts';
import { hasEffect } from '#core/spec/parameters.ts';

it('a parameter has an effect with the choice that it is for, and with no other', () => {
  const { parameters } = stepNamed('scale');
  const shown = (values: Record<string, unknown>): string[] =>
    parameters.filter((one) => hasEffect(one, parameters, values)).map(({ name }) => name);
  expect(shown({})).toEqual(['method']);
  expect(shown({ method: 'min_max', quantile_low: 10 })).toEqual(['method']);
  expect(shown({ method: 'robust' })).toEqual(['method', 'quantile_low', 'quantile_high']);
});
