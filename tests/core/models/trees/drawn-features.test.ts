import { describe, expect, it } from 'vitest';
import { startTreeMachine } from '#core/kernels/tree-kernels.ts';
import type { Estimator, TrainingData } from '#core/models/estimator.ts';
import { binFeatures, ENTRY_BYTES, SKIPPED } from '#core/models/trees/binned-features.ts';
import { decisionTree } from '#core/models/trees/forest/decision-tree.ts';
import { extraTrees } from '#core/models/trees/forest/extra-trees.ts';
import { drawnCount, FeatureDraw } from '#core/models/trees/boosting/feature-draw.ts';
import { gradientBoosting } from '#core/models/trees/boosting/gradient-boosting.ts';
import { lambdaMart } from '#core/models/trees/boosting/lambda-mart.ts';
import { randomForest } from '#core/models/trees/forest/random-forest.ts';
import { weightOfType } from '#core/models/weight-tensor.ts';
import { RandomStream } from '#core/random.ts';
import { weightsSha256 } from '#core/run/weights-hash.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { drawTraining, trainToEnd } from '../../../support/training-data.ts';

async function modelOf(
  { train, parameters, name }: Estimator,
  data: TrainingData,
  given: Readonly<Record<string, unknown>>,
) {
  if (train === undefined) throw new Error(`${name} has no trainer`);
  const { model } = await trainToEnd(train, data, resolveParameters(parameters, given, name));
  return model;
}

async function hashOf(one: Estimator, data: TrainingData, given: Record<string, unknown>) {
  return weightsSha256((await modelOf(one, data, given)).weights);
}

describe('a share of the features', () => {
  it.each([decisionTree, randomForest, extraTrees])('is as many by name in $name', async (one) => {
    const few = one === decisionTree ? {} : { n_estimators: 3 };
    // Five features: two are their root, rounded down.
    const data = drawTraining('classification', { seed: 11, rows: 120 });
    const hash = (chosen: string | number) => hashOf(one, data, { ...few, max_features: chosen });
    expect(await hash(1)).toBe(await hash('all'));
    expect(await hash(0.5)).toBe(await hash('sqrt'));
    expect(await hash(0.1)).not.toBe(await hash('sqrt'));
  });

  it('is rounded up in boosting, and one feature at least', () => {
    expect([0.1, 0.11, 0.3, 1e-6, 1].map((share) => drawnCount(share, 10))).toEqual([
      1, 2, 3, 1, 10,
    ]);
  });
});

it('draws so many different features, each as often, and leaves out all others', async () => {
  const { features } = drawTraining('regression', { seed: 12, rows: 30 });
  const machine = await startTreeMachine();
  const binned = binFeatures(machine, features, 255, new RandomStream(1));
  const draw = new FeatureDraw(machine, binned, 0.6, new RandomStream(2));
  const counts = new Int32Array(features.width);
  const whole = binned.features.length * ENTRY_BYTES;
  const before = machine.memory.bytes(binned.table, whole).slice();
  const rounds = 2000;
  for (let round = 0; round < rounds; round += 1) {
    const { table, isDrawn } = draw.draw(round % 2 === 0 ? 0 : 1);
    expect(isDrawn.reduce((sum, is) => sum + is, 0)).toBe(3);
    for (const [j, is] of isDrawn.entries()) {
      counts[j] = (counts[j] ?? 0) + is;
      const [offset, bins, flags = 0] = machine.memory.int32(table + j * ENTRY_BYTES, 3);
      const own = machine.memory.int32(binned.table + j * ENTRY_BYTES, 3);
      expect([offset, bins, flags & ~SKIPPED]).toEqual([...own]);
      expect((flags & SKIPPED) === 0).toBe(is === 1);
    }
  }
  for (const count of counts) expect(Math.abs(count / rounds - 0.6)).toBeLessThan(0.04);
  expect(machine.memory.bytes(binned.table, whole)).toEqual(before);
});

/** Two thirds of the features hold codes of categories. */
function withCategories(data: TrainingData): TrainingData {
  const { features } = data;
  const { rows, width } = features;
  const random = new RandomStream(13);
  const values = Float32Array.from({ length: rows * width }, () => random.integer(4));
  return { ...data, features: { ...features, values, categories: Int32Array.of(4, 0, 4, 0, 4) } };
}

describe.each([
  ['gradient_boosting', gradientBoosting, 'classification', (data: TrainingData) => data],
  ['gradient_boosting, categories', gradientBoosting, 'regression', withCategories],
  ['lambdamart', lambdaMart, 'ranking', (data: TrainingData) => data],
] as const)('%s that may split by some features', (_, one, task, change) => {
  const data = change(drawTraining(task, { seed: 14, rows: 400, outputs: 2 }));
  const small = { max_iter: 30, max_leaf_nodes: 4, patience: 0 };

  it('begins with any of them, where with all it begins with few', async () => {
    const rootsOf = async (share: number): Promise<Set<number>> => {
      const { weights } = await modelOf(one, data, { ...small, max_features: share });
      const { values: starts } = weightOfType(weights, 'tree_start', Int32Array);
      const { values: feature } = weightOfType(weights, 'feature', Int32Array);
      return new Set(Array.from(starts, (start) => feature[start] ?? -1).filter((j) => j >= 0));
    };
    const [some, all] = [await rootsOf(0.2), await rootsOf(1)];
    expect(some.size).toBe(5);
    expect(all.size).toBeLessThanOrEqual(some.size);
  });

  it('has the same bits again, others by another share, and with all of them those without the parameter', async () => {
    const hash = (given: object) => hashOf(one, data, { ...small, ...given });
    expect(await hash({ max_features: 0.5 })).toBe(await hash({ max_features: 0.5 }));
    expect(await hash({ max_features: 0.5 })).not.toBe(await hash({}));
    expect(await hash({ max_features: 1 })).toBe(await hash({}));
  });
});
