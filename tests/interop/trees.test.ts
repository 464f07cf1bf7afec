import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TrainingData } from '#core/models/estimator.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { trainToEnd } from '../support/training-data.ts';
import { runPython } from './python.ts';
import {
  boostingCases,
  categoryCases,
  decisionTreeCases,
  monotoneCases,
  type TreeCase,
} from './tree-cases.ts';

const treeCases = [...boostingCases, ...monotoneCases, ...categoryCases, ...decisionTreeCases];
const script = fileURLToPath(new URL('trees.py', import.meta.url));
/** scikit-learn keeps gradients in float32, and we keep leaves in it: relative where values are above 1. */
const TOLERANCE = 1e-6;
/**
 * Of shares of the gain. In boosting scikit-learn measures a root's gain from an answer of 0 rather than from the root's
 * own best one, which is the same only where the gradients sum to 0.
 */
const SHARE_TOLERANCE = { decision_tree: 1e-6, gradient_boosting: 1e-2 };

describe('trees equal those of scikit-learn', () => {
  let reference: readonly Answer[] = [];
  beforeAll(async () => {
    const cases = treeCases.map((one) => ({
      ...one,
      parameters: parametersOf(one),
      train: plain(one.train),
      held: plain(one.held),
    }));
    reference = JSON.parse(
      await runPython(script, { input: JSON.stringify(cases) }),
    ) as typeof reference;
  });

  it.each(treeCases.map((one, i) => [one.name, one, i] as const))('%s', async (_, one, i) => {
    const { train: trainer, importances } = estimatorNamed(one.model);
    if (trainer === undefined) throw new Error(`${one.model} has no trainer`);
    const { model } = await trainToEnd(trainer, one.train, parametersOf(one));
    const answers = await model.predict(one.held.features);
    const { predicted: wanted = [], importances: shares } = reference[i] ?? {};
    expect(answers).toHaveLength(wanted.length);
    const largest = answers.reduce((most, answer, at) => {
      const value = wanted[at] ?? NaN;
      return Math.max(most, Math.abs(answer - value) / Math.max(1, Math.abs(value)));
    }, 0);
    expect(largest).toBeLessThanOrEqual(TOLERANCE);
    const own = importances?.(model.weights, one.train.features.width) ?? new Float64Array(0);
    expect(own).toHaveLength(shares?.length ?? NaN);
    for (const [feature, share] of own.entries()) {
      expect(Math.abs(share - (shares?.[feature] ?? NaN))).toBeLessThanOrEqual(
        SHARE_TOLERANCE[one.model],
      );
    }
  });
});

interface Answer {
  readonly predicted: readonly number[];
  /** Each feature's share of what all splits gained. */
  readonly importances: readonly number[];
}

function parametersOf({ model, parameters }: TreeCase) {
  return resolveParameters(estimatorNamed(model).parameters, parameters, model);
}

/** JSON has no typed arrays and no NaN: a missing number is null. */
function plain({ features, target, weights, ...rest }: TrainingData) {
  const values = Array.from(features.values, (value) => (Number.isNaN(value) ? null : value));
  return {
    ...rest,
    features: { ...features, values, categories: Array.from(features.categories ?? []) },
    target: Array.from(target),
    ...(weights && { weights: Array.from(weights) }),
  };
}
