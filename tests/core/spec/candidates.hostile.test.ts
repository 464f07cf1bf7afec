import { describe, expect, it } from 'vitest';
import { steps as knownSteps } from '#core/features/registry.ts';
import { estimators } from '#core/models/registry.ts';
import type { ParameterSpec } from '#core/spec/parameters.ts';
import { refusalOf } from '../../support/refusal.ts';
import { goodSpec, readSpec, specWith } from '../../support/spec.ts';

async function expectRefusedAt(path: string | RegExp, document: unknown) {
  const error = await refusalOf(() => readSpec(document));
  const given = error.details?.path;
  if (typeof path === 'string') expect(given, error.message).toBe(path);
  else expect(given, error.message).toMatch(path);
  expect(error.message).toContain(given);
  return error;
}

/** Values that a parameter must not take. */
function badValues(parameter: ParameterSpec): unknown[] {
  if (parameter.kind === 'choice')
    return ['no such choice', 1, null, [parameter.default], '__proto__'];
  if (parameter.kind === 'choice_or_number')
    return ['no such choice', null, true, [], '1', parameter.min - 1, parameter.max + 1, NaN];
  if (parameter.kind === 'choice_list')
    return ['x', null, ['x'], [1], {}, [...parameter.choices, 'x']];
  if (parameter.kind === 'boolean') return ['yes', 0, 1, null, [true]];
  if (parameter.kind === 'text') return ['x'.repeat(parameter.maxLength + 1), 1, null, {}];
  if (parameter.kind === 'text_list') {
    const tooLong = Array.from({ length: parameter.maxLength + 1 }, (_, i) => String(i));
    return ['x', null, {}, [1], [null], ['x', 'x'], tooLong];
  }
  if (parameter.kind === 'number_map') return ['x', null, 1, [], { a: '1' }, { a: null }];
  const { min, max } = parameter;
  const outside = [min - 1, max + 1, '5', null, true, {}, Number.NaN, Number.POSITIVE_INFINITY];
  switch (parameter.kind) {
    case 'number':
      return [...outside, [1]];
    case 'integer':
      return [...outside, [1], min + 0.5];
    case 'integer_list': {
      const tooLong = Array.from({ length: parameter.maxLength + 1 }, () => min);
      const items = [min - 1, max + 1, min + 0.5, '5', null];
      return [min, 'x', null, tooLong, ...items.map((item) => [item])];
    }
  }
}

describe('candidates', () => {
  it('two of one name are refused', async () => {
    const error = await expectRefusedAt(/^candidates/, specWith('candidates[2].name', 'linear'));
    expect(error.message).toContain('linear');
  });

  it.each(['svm', 'MLP', '', '__proto__', 'constructor', 'toString'])(
    'a model named %j is refused',
    async (model) => {
      await expectRefusedAt('candidates[1].model', specWith('candidates[1].model', model));
    },
  );

  it('an unknown model is answered with the known ones', async () => {
    const error = await expectRefusedAt(
      'candidates[1].model',
      specWith('candidates[1].model', 'svm'),
    );
    expect(`${error.message} ${error.hint ?? ''}`).toMatch(
      /logistic_regression.*mlp|mlp.*logistic_regression/s,
    );
  });

  it.each(['ridge', 'mean'])('%s does not classify', async (model) => {
    await expectRefusedAt('candidates[1].model', specWith('candidates[1].model', model));
  });

  it('the first must be a baseline', async () => {
    const { candidates } = goodSpec();
    const error = await expectRefusedAt(/^candidates/, {
      ...goodSpec(),
      candidates: candidates.slice(1),
    });
    expect(error.message).toMatch(/baseline/i);
    await expectRefusedAt(/^candidates/, {
      ...goodSpec(),
      candidates: candidates.slice().reverse(),
    });
  });

  it('a baseline alone is enough', () => {
    const { candidates } = goodSpec();
    expect(() => readSpec({ ...goodSpec(), candidates: candidates.slice(0, 1) })).not.toThrow();
  });

  it.each(['mae', 'rmse', 'r2'])('the metric %s does not fit a classification', async (metric) => {
    const error = await expectRefusedAt('metric', specWith('metric', metric));
    expect(error.message).toContain(metric);
  });

  it.each(['accuracy', 'macro_f1', 'log_loss', 'roc_auc'])(
    'the metric %s does not fit a regression',
    async (metric) => {
      const candidates = [{ name: 'baseline', model: 'mean' }];
      const split = { stratify: false };
      const regression = {
        ...goodSpec(),
        task: 'regression',
        target: 'mass',
        candidates,
        metric,
        split,
      };
      await expectRefusedAt('metric', {
        ...regression,
        steps: regression.steps.filter(({ step }) => step !== 'scale'),
      });
    },
  );
});

describe('steps', () => {
  it.each(['no_such_step', 'Impute', '__proto__', 'constructor'])(
    'one named %j is refused',
    async (step) => {
      await expectRefusedAt('steps[0].step', specWith('steps[0].step', step));
    },
  );
});

describe('parameters', () => {
  const ofModels = estimators
    .filter((estimator) => estimator.tasks.includes('classification') && !estimator.baseline)
    .flatMap((estimator) =>
      estimator.parameters.map((parameter) => ({ owner: estimator.name, parameter })),
    );
  const ofSteps = knownSteps.flatMap((step) =>
    step.parameters.map((parameter) => ({ owner: step.name, parameter, step })),
  );

  it('exist, so that the tests below test something', () => {
    expect(ofModels.length).toBeGreaterThan(0);
    expect(ofSteps.length).toBeGreaterThan(0);
  });

  it.each(ofModels.map((each) => [`${each.owner}.${each.parameter.name}`, each] as const))(
    'of a model out of range are refused: %s',
    async (_, { owner, parameter }) => {
      const path = `candidates[1].parameters.${parameter.name}`;
      for (const bad of badValues(parameter)) {
        const document = specWith('candidates[1].model', owner);
        const [first, second, third] = document.candidates as Record<string, unknown>[];
        const spoiled = { ...second, parameters: { [parameter.name]: bad } };
        await expectRefusedAt(path, { ...document, candidates: [first, spoiled, third] });
      }
    },
  );

  it.each(ofSteps.map((each) => [`${each.owner}.${each.parameter.name}`, each] as const))(
    'of a step out of range are refused: %s',
    async (_, { owner, parameter, step }) => {
      const columns = step.accepts.includes('numeric') ? 'numeric' : 'categorical';
      for (const bad of badValues(parameter)) {
        const first = { step: owner, columns, parameters: { [parameter.name]: bad } };
        const document = { ...goodSpec(), steps: [first, ...goodSpec().steps.slice(1)] };
        await expectRefusedAt(`steps[0].parameters.${parameter.name}`, document);
      }
    },
  );

  it.each(['learning_rte', 'constructor', '__proto__', 'toString'])(
    'that are unknown are refused: %s',
    async (name) => {
      const document = JSON.stringify(specWith(`candidates[2].parameters.${name}`, 0.1));
      await expectRefusedAt(`candidates[2].parameters.${name}`, document);
    },
  );
});
