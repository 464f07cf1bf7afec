import { beforeAll, describe, expect, it } from 'vitest';
import { estimatorNamed } from '#core/models/registry.ts';
import { trainToEnd } from '../support/training-data.ts';
import { boostingCases, categoryCases, decisionTreeCases, monotoneCases } from './tree-cases.ts';
import { parametersOf, treeReference } from './tree-reference.ts';

const treeCases = [...boostingCases, ...monotoneCases, ...categoryCases, ...decisionTreeCases];
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
    reference = await treeReference(treeCases);
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
