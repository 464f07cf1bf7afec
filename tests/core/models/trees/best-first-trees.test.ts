import { describe, expect, it } from 'vitest';
import type { Estimator, TrainingData } from '#core/models/estimator.ts';
import { decisionTree } from '#core/models/trees/forest/decision-tree.ts';
import { extraTrees } from '#core/models/trees/forest/extra-trees.ts';
import { Frontier } from '#core/models/trees/forest/frontier.ts';
import { randomForest } from '#core/models/trees/forest/random-forest.ts';
import { weightOfType, type WeightTensor } from '#core/models/weight-tensor.ts';
import { RandomStream } from '#core/random.ts';
import { weightsSha256 } from '#core/run/weights-hash.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { drawTraining, trainToEnd } from '../../../support/training-data.ts';

async function weightsOf(
  { train, parameters, name }: Estimator,
  data: TrainingData,
  given: Readonly<Record<string, unknown>>,
): Promise<readonly WeightTensor[]> {
  if (train === undefined) throw new Error(`${name} has no trainer`);
  const { model } = await trainToEnd(train, data, resolveParameters(parameters, given, name));
  return model.weights;
}

/** Leaves of each tree. */
function leavesOf(weights: readonly WeightTensor[]): number[] {
  const { values: starts } = weightOfType(weights, 'tree_start', Int32Array);
  const { values: feature } = weightOfType(weights, 'feature', Int32Array);
  return Array.from(
    starts,
    (start, tree) => feature.subarray(start, starts[tree + 1]).filter((one) => one < 0).length,
  );
}

const few = (one: Estimator) => (one === decisionTree ? {} : { n_estimators: 5 });

describe.each([decisionTree, randomForest, extraTrees])('$name with a limit of leaves', (one) => {
  it.each([
    ['regression', 1],
    ['classification', 2],
    ['classification', 4],
  ] as const)('has as many where there are enough rows: %s, %i outputs', async (task, outputs) => {
    const data = drawTraining(task, { seed: 6, rows: 300, outputs });
    for (const most of [1, 2, 9]) {
      const weights = await weightsOf(one, data, { ...few(one), max_leaf_nodes: most });
      expect(leavesOf(weights).every((leaves) => leaves === most)).toBe(true);
      const { values: feature } = weightOfType(weights, 'feature', Int32Array);
      const { values: value } = weightOfType(weights, 'value', Float32Array);
      const width = value.length / feature.length;
      for (const [node, split] of feature.entries()) {
        const own = value.subarray(node * width, (node + 1) * width);
        expect(own.every((number) => number === 0)).toBe(split >= 0);
      }
    }
  });

  it('is one leaf where nothing parts the rows, and where there is one row', async () => {
    const data = drawTraining('regression', { seed: 7, rows: 40 });
    const { features } = data;
    const even = { ...data, features: { ...features, values: features.values.map(() => 3) } };
    for (const rows of [even, drawTraining('regression', { seed: 8, rows: 1 })]) {
      const weights = await weightsOf(one, rows, { ...few(one), max_leaf_nodes: 10 });
      expect(leavesOf(weights).every((leaves) => leaves === 1)).toBe(true);
    }
  });
});

it.each([
  ['regression', 1],
  ['classification', 3],
] as const)('a limit that is never reached changes no answer: %s', async (task, outputs) => {
  const random = new RandomStream(9);
  const drawn = drawTraining(task, { seed: 9, rows: 200, outputs });
  // No two splits gain the same.
  const data = { ...drawn, weights: drawn.target.map(() => 0.5 + random.uniform()) };
  const answers = await Promise.all(
    [0, 1_000_000].map(async (most) => {
      const { train, parameters, name } = decisionTree;
      if (train === undefined) throw new Error(`${name} has no trainer`);
      const given = resolveParameters(
        parameters,
        { max_leaf_nodes: most, min_samples_leaf: 3 },
        name,
      );
      const { model } = await trainToEnd(train, data, given);
      return model.predict(data.features);
    }),
  );
  expect(answers[1]).toEqual(answers[0]);
});

it('has the same bits again', async () => {
  const data = drawTraining('classification', { seed: 10, rows: 200 });
  const given = { n_estimators: 4, max_leaf_nodes: 12 };
  const twice = [1, 2].map(() => weightsOf(randomForest, data, given).then(weightsSha256));
  const [first, second] = await Promise.all(twice);
  expect(second).toBe(first);
});

describe('what is open', () => {
  it('comes largest first, however it was put in and taken out', () => {
    const random = new RandomStream(1);
    const frontier = new Frontier<number>((value) => value);
    const held: number[] = [];
    for (let i = 0; i < 2000; i += 1) {
      if (random.uniform() < 0.6) {
        const value = random.integer(50);
        frontier.push(value);
        held.push(value);
      } else {
        held.sort((a, b) => a - b);
        expect(frontier.pop()).toBe(held.pop());
      }
    }
    for (const value of held.toSorted((a, b) => b - a)) expect(frontier.pop()).toBe(value);
    expect(frontier.pop()).toBeUndefined();
  });
});
