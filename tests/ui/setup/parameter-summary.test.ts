import { expect, it } from 'vitest';
import { mlp } from '#core/models/networks/mlp.ts';
import { scale } from '#core/features/numbers/scale.ts';
import { parameterSummary } from '#ui/pages/setup/parameter-summary.ts';

it('few parameters are all told, as far as they have an effect', () => {
  expect(parameterSummary(scale.parameters, { method: 'standard' })).toBe('method standard');
  expect(parameterSummary(scale.parameters, { method: 'robust' })).toMatch(
    /^method robust · .+ 25 · .+ 75$/,
  );
});

it('of many the first are told, and every one that somebody changed', () => {
  const plain = parameterSummary(mlp.parameters, {});
  expect(plain).toMatch(/^hidden layers 32, 16 · activation relu/);
  expect(plain).not.toMatch(/patience|momentum|seconds/);
  expect(plain).not.toMatch(/dropout|normalization|numbers of a category/);
  expect(parameterSummary(mlp.parameters, { dropout: 0.3 })).toContain(' · dropout 0.3 · ');
  const changed = parameterSummary(mlp.parameters, {
    patience: 7,
    optimizer: 'sgd',
    momentum: 0.5,
  });
  expect(changed).toContain(' · optimizer sgd · momentum 0.5');
  expect(changed).toContain(' · patience 7');
  expect(parameterSummary(mlp.parameters, { momentum: 0.5 })).toBe(plain);
});
