import { expect, it } from 'vitest';
import { stepNamed } from '#core/features/registry.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import { hasEffect, refuseOtherTasks, resolveParameters } from '#core/spec/parameters.ts';
import type { Task } from '#core/spec/spec.ts';
import { refusalOf } from '../../support/refusal.ts';

it('a parameter has an effect with the choice that it is for, and with no other', () => {
  const { parameters } = stepNamed('scale');
  const shown = (values: Record<string, unknown>): string[] =>
    parameters.filter((one) => hasEffect(one, parameters, values)).map(({ name }) => name);
  expect(shown({})).toEqual(['method']);
  expect(shown({ method: 'min_max', quantile_low: 10 })).toEqual(['method']);
  expect(shown({ method: 'robust' })).toEqual(['method', 'quantile_low', 'quantile_high']);
});

it('a parameter of another task is refused where it is set, and not where it has its default', async () => {
  const { parameters } = estimatorNamed('gradient_boosting');
  const check = (given: Record<string, unknown>, task: Task) => () =>
    refuseOtherTasks(parameters, resolveParameters(parameters, given, 'p'), task, 'p');
  const { code, message } = await refusalOf(check({ loss: 'poisson' }, 'classification'));
  expect(code).toBe('parameter_of_another_task');
  expect(message).toBe(
    'p.loss is "poisson", and changes nothing where the task is classification.',
  );
  expect(check({ loss: 'poisson' }, 'regression')).not.toThrow();
  expect(check({ loss: 'squared_error', max_iter: 7 }, 'classification')).not.toThrow();
});

it('a text that is no number is refused by what it is', async () => {
  const { parameters } = estimatorNamed('mlp');
  const given = { dropout: Number.NaN };
  const { message } = await refusalOf(() => resolveParameters(parameters, given, 'p'));
  expect(message).toBe('p.dropout must be a number from 0 to 0.9, and got no number.');
});
