import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { givenWeights } from '#core/features/balance/given-weights.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { trainToEnd } from '../support/training-data.ts';
import { counts, draw, weighted } from './draw-data.ts';
import { runPython } from './python.ts';

interface Case {
  readonly name: string;
  readonly model: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** By class number, which is the class's name too. */
  readonly weights: Readonly<Record<string, number>>;
  readonly data: TrainingData;
}

const logistic = { max_iter: 10_000, tol: 1e-10 };
const two = draw({ seed: 301, rows: 200, width: 5, outputs: 2 });
const three = draw({ seed: 302, rows: 240, width: 5, outputs: 3 });
/** A weight of its own for each row keeps two splits from being equally good, where scikit-learn chooses by chance. */
function unevenly(data: TrainingData): TrainingData {
  const random = new RandomStream(305);
  return { ...data, weights: data.target.map(() => 0.5 + random.uniform()) };
}
const uneven = unevenly(draw({ seed: 303, rows: 220, width: 4, outputs: 3 }));
const unevenTwo = unevenly(draw({ seed: 304, rows: 220, width: 4, outputs: 2 }));
const boosting = { max_iter: 10, patience: 0 };

const cases: readonly Case[] = [
  {
    name: 'two classes, a sum that is not 1',
    model: 'logistic_regression',
    parameters: { ...logistic, C: 0.1 },
    weights: { 0: 3, 1: 40 },
    data: two,
  },
  {
    name: 'a class that is not named, rows of unequal weight',
    model: 'logistic_regression',
    parameters: { ...logistic, C: 1 },
    weights: { 0: 0.2, 2: 7.5 },
    data: weighted(three),
  },
  {
    name: 'Gini',
    model: 'decision_tree',
    parameters: { min_samples_leaf: 5 },
    weights: { 0: 0.3, 2: 4 },
    data: uneven,
  },
  {
    name: 'two classes, pruned',
    model: 'decision_tree',
    parameters: { min_samples_leaf: 5, ccp_alpha: 0.004 },
    weights: { 1: 6 },
    data: unevenTwo,
  },
  {
    name: 'entropy',
    model: 'decision_tree',
    parameters: { min_samples_leaf: 5, criterion: 'entropy' },
    weights: { 0: 2, 1: 0.7, 2: 30 },
    data: uneven,
  },
  {
    name: 'trees over all rows and features',
    model: 'random_forest',
    parameters: { n_estimators: 3, bootstrap: false, max_features: 'all', min_samples_leaf: 5 },
    weights: { 0: 0.3, 2: 4 },
    data: uneven,
  },
  {
    name: 'two classes, L2 penalty',
    model: 'gradient_boosting',
    parameters: { ...boosting, l2_regularization: 3 },
    weights: { 0: 5 },
    data: unevenTwo,
  },
  {
    name: 'three classes',
    model: 'gradient_boosting',
    parameters: boosting,
    weights: { 0: 0.5, 2: 9 },
    data: uneven,
  },
  {
    name: 'Gaussian',
    model: 'naive_bayes',
    parameters: {},
    weights: { 0: 0.5, 2: 9 },
    data: three,
  },
  {
    name: 'multinomial, whose smoothing weighs less',
    model: 'naive_bayes',
    parameters: { kind: 'multinomial', alpha: 2 },
    weights: { 0: 0.5, 2: 9 },
    data: counts(three),
  },
];

const parametersOf = ({ model, parameters }: Case) =>
  resolveParameters(estimatorNamed(model).parameters, parameters, model);

describe('classes weighed by numbers equal scikit-learn’s', () => {
  let reference: readonly (readonly number[])[] = [];
  beforeAll(async () => {
    const script = fileURLToPath(new URL('class_weights.py', import.meta.url));
    const input = JSON.stringify(
      cases.map((one) => ({
        model: one.model,
        parameters: parametersOf(one),
        weights: one.weights,
        rows: one.data.features.rows,
        features: [...one.data.features.values],
        target: [...one.data.target],
        rowWeights: one.data.weights === undefined ? null : [...one.data.weights],
      })),
    );
    reference = JSON.parse(await runPython(script, { input })) as number[][];
  });

  it.each(cases.map((one, i) => [one.model, one.name, one, i] as const))(
    '%s, %s',
    async (model, _, one, i) => {
      const { train } = estimatorNamed(model);
      if (train === undefined) throw new Error(`${model} has no trainer`);
      const data = await givenWeights.apply(one.data, {
        parameters: { weights: one.weights },
        random: new RandomStream(1),
        signal: new AbortController().signal,
        classes: ['0', '1', '2'].slice(0, one.data.outputs),
      });
      const trained = await trainToEnd(train, data, parametersOf(one));
      const answers = await trained.model.predict(one.data.features);
      const wanted = reference[i] ?? [];
      expect(answers).toHaveLength(wanted.length);
      const away = answers.map((answer, at) => Math.abs(answer - (wanted[at] ?? NaN)));
      expect(Math.max(...away)).toBeLessThanOrEqual(1e-5);
      // The numbers are not without effect.
      const plain = await trainToEnd(train, one.data, parametersOf(one));
      const without = await plain.model.predict(one.data.features);
      expect(
        Math.max(...answers.map((a, at) => Math.abs(a - (without[at] ?? NaN)))),
      ).toBeGreaterThan(1e-3);
    },
  );
});
