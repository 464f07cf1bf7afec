import { describe, expect, it } from 'vitest';
import type { Estimator, TrainingData } from '#core/models/estimator.ts';
import { decisionTree } from '#core/models/trees/forest/decision-tree.ts';
import { extraTrees } from '#core/models/trees/forest/extra-trees.ts';
import { randomForest } from '#core/models/trees/forest/random-forest.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { drawTraining, trainToEnd } from '../../../support/training-data.ts';

/** Weights of many sizes, and a fifth of them 0. @param powers of ten up and down */
function unevenly(data: TrainingData, powers: number): TrainingData {
  const random = new RandomStream(5);
  const weights = data.target.map(() =>
    random.uniform() < 0.2 ? 0 : 10 ** (powers * (2 * random.uniform() - 1)),
  );
  return { ...data, weights };
}

async function answersOf(
  { train, parameters, name }: Estimator,
  data: TrainingData,
  given: Readonly<Record<string, unknown>> = {},
): Promise<Float32Array> {
  if (train === undefined) throw new Error(`${name} has no trainer`);
  const { model } = await trainToEnd(train, data, resolveParameters(parameters, given, name));
  expect(model.weights.every(({ values }) => values.every(Number.isFinite))).toBe(true);
  return model.predict(data.features);
}

describe.each([decisionTree, randomForest, extraTrees])('$name over rows of any weight', (one) => {
  const few = one === decisionTree ? {} : { n_estimators: 10, bootstrap: true };

  it.each([
    [2, 'gini'],
    [3, 'gini'],
    [2, 'entropy'],
    [4, 'entropy'],
  ])('gives shares of %i classes, by %s', async (outputs, criterion) => {
    const data = unevenly(drawTraining('classification', { seed: 2, rows: 200, outputs }), 9);
    const shares = await answersOf(one, data, { ...few, criterion });
    for (let start = 0; start < shares.length; start += outputs) {
      const own = shares.subarray(start, start + outputs);
      expect(own.every((share) => share >= 0 && share <= 1)).toBe(true);
      expect(own.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
    }
  });

  it('grows each tree over rows that count', async () => {
    const data = drawTraining('regression', { seed: 3, rows: 40 });
    const weights = data.target.map((_, row) => Number(row < 2));
    const answers = await answersOf(one, { ...data, weights }, few);
    expect(answers.every(Number.isFinite)).toBe(true);
  });
});

it.each([randomForest, extraTrees])(
  '$name grows its trees over the one row of a hundred thousand that counts, of which each draws one',
  async (one) => {
    const data = drawTraining('regression', { seed: 5, rows: 100_000 });
    const weights = data.target.map((_, row) => Number(row === 77_777));
    const few = { n_estimators: 3, bootstrap: true, max_samples: 1e-6 };
    const answers = await answersOf(one, { ...data, weights }, few);
    const only = Math.fround(data.target[77_777] ?? NaN);
    expect(answers.every((answer) => Math.abs(answer - only) < 1e-5)).toBe(true);
  },
);

it('a tree that is grown to the end answers its own rows, however little they count', async () => {
  const data = unevenly(drawTraining('regression', { seed: 4, rows: 200 }), 3);
  const answers = await answersOf(decisionTree, data);
  for (const [row, answer] of answers.entries()) {
    if ((data.weights?.[row] ?? 0) === 0) continue;
    expect(Math.abs(answer - (data.target[row] ?? NaN))).toBeLessThan(1e-5);
  }
});
