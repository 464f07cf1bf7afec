import { describe, expect, it } from 'vitest';
import { TerrariumError } from '#core/errors.ts';
import type { Estimator, TrainingData } from '#core/models/estimator.ts';
import { estimators } from '#core/models/registry.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import type { Task } from '#core/spec/spec.ts';
import { expectSentence } from '../../support/refusal.ts';
import { drawTexts, drawTraining, trainToEnd } from '../../support/training-data.ts';

/** Every model that needs no tensor engine, with each of its tasks. */
const cases = estimators.flatMap((estimator) =>
  estimator.train === undefined
    ? []
    : estimator.tasks.map((task) => [estimator.name, task, estimator] as const),
);

function rowsOf(task: Task, rows: number, outputs: number): TrainingData {
  return task === 'language'
    ? drawTexts({ seed: 1, rows })
    : drawTraining(task, { seed: 1, rows, outputs });
}

/** Ends with numbers, or is refused by a sentence that says what is wrong; one of divergence does not. */
async function expectEndsWell({ name, train, parameters }: Estimator, data: TrainingData) {
  if (train === undefined) throw new Error(`${name} has no trainer`);
  const quick = parameters.some((one) => one.name === 'n_estimators') ? { n_estimators: 3 } : {};
  try {
    const given = resolveParameters(parameters, quick, name);
    const { model } = await trainToEnd(train, data, given, 1, data);
    const answers = await model.predict(data.features);
    expect(answers.every(Number.isFinite)).toBe(true);
    expect(model.weights.every(({ values }) => values.every(Number.isFinite))).toBe(true);
  } catch (thrown) {
    if (!(thrown instanceof TerrariumError)) throw thrown;
    expectSentence(thrown.message);
    expect(thrown.code).not.toBe('diverged');
    expect(thrown.hint).toMatch(/\.$/);
  }
}

describe.each(cases)('%s, %s', (_, task, estimator) => {
  it('bears a single row', async () => {
    await expectEndsWell(estimator, rowsOf(task, 1, 2));
  });

  it('bears more classes than rows', async () => {
    await expectEndsWell(estimator, rowsOf(task, 3, 7));
  });

  it('bears rows that are all alike', async () => {
    const data = rowsOf(task, 30, 3);
    const { width, values } = data.features;
    const alike = values.map((_value, at) => values[at % width] ?? 0);
    await expectEndsWell(estimator, { ...data, features: { ...data.features, values: alike } });
  });

  it.skipIf(!estimator.acceptsMissing)('bears rows without any value', async () => {
    const data = rowsOf(task, 30, 3);
    const values = new Float32Array(data.features.values.length).fill(NaN);
    await expectEndsWell(estimator, { ...data, features: { ...data.features, values } });
  });
});
