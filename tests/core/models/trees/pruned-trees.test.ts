import { describe, expect, it } from 'vitest';
import { weightOfType } from '#core/models/weight-tensor.ts';
import { decisionTree } from '#core/models/trees/forest/decision-tree.ts';
import { randomForest } from '#core/models/trees/forest/random-forest.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { drawTraining, trainToEnd } from '../../../support/training-data.ts';

const data = drawTraining('regression', { seed: 8, rows: 150 });

async function leavesOf(
  { train, parameters, name }: typeof decisionTree,
  given: Readonly<Record<string, unknown>>,
): Promise<number> {
  if (train === undefined) throw new Error(`${name} has no trainer`);
  const { model } = await trainToEnd(train, data, resolveParameters(parameters, given, name));
  const feature = weightOfType(model.weights, 'feature', Int32Array).values;
  return feature.filter((one) => one < 0).length;
}

describe('trees that are held small', () => {
  it.each(['ccp_alpha', 'min_impurity_decrease'])(
    'have fewer leaves the larger %s',
    async (name) => {
      const counts = await Promise.all(
        [0, 0.01, 0.1, 1e6].map((value) => leavesOf(decisionTree, { [name]: value })),
      );
      expect(counts).toEqual(counts.toSorted((a, b) => b - a));
      expect(new Set(counts).size).toBe(counts.length);
      expect(counts.at(-1)).toBe(1);
    },
  );

  it('grow over as many rows as are to be drawn', async () => {
    const few = { n_estimators: 4, max_samples: 1 / 150 };
    expect(await leavesOf(randomForest, few)).toBe(4);
    expect(await leavesOf(randomForest, { ...few, max_samples: 0.1 })).toBeLessThanOrEqual(4 * 15);
    expect(await leavesOf(randomForest, { ...few, max_samples: 1 })).toBeGreaterThan(4 * 50);
  });
});
