import { describe, expect, it } from 'vitest';
import { predictRecords } from '#core/predict.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import { CategorySets, codesOf, isInSet } from '#core/models/trees/category-sets.ts';
import { gradientBoosting } from '#core/models/trees/boosting/gradient-boosting.ts';
import { openModelOnNode } from '#engine/node-inference.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { expectEndsWell, noise, runCsv, tableOf } from '../../../support/experiment.ts';
import { expectSentence } from '../../../support/refusal.ts';
import { trainToEnd } from '../../../support/training-data.ts';

const COUNT = 20;

/** One feature of codes whose even ones have high targets: many thresholds apart, one set. */
function evenAndOdd(rows: number, count = COUNT): TrainingData {
  const values = Float32Array.from({ length: rows }, (_, row) => Math.floor(noise(row) * count));
  return {
    task: 'regression',
    outputs: 1,
    features: { rows, width: 1, values, names: ['code'], categories: Int32Array.of(count) },
    target: Float64Array.from(values, (code, row) => (code % 2 === 0 ? 1 : -1) + noise(row, 2) / 9),
  };
}

async function trained(data: TrainingData, given: Readonly<Record<string, number>> = {}) {
  const parameters = resolveParameters(gradientBoosting.parameters, given, 'parameters');
  const { model } = await trainToEnd(gradientBoosting.train ?? expect.fail('no trainer'), data, {
    ...parameters,
    patience: 0,
  });
  return model;
}

it('sets of codes hold what was put in, and nothing else', () => {
  const sets = new CategorySets();
  const lists = [[0, 31, 32, 255], [], [7]];
  expect(lists.map((codes) => sets.add(codes))).toEqual([0, 1, 2]);
  const words = sets.view() ?? expect.fail('no sets');
  expect(lists.map((_, set) => codesOf(words, set))).toEqual(lists);
  for (const other of [-1, 256, 0.5, NaN, 1e9]) expect(isInSet(words, 0, other)).toBe(false);
});

describe('a feature of categories', () => {
  it('is split by one set, where numbers need a threshold between every two', async () => {
    const data = evenAndOdd(2000);
    const { features } = data;
    const asNumbers = { ...features, categories: new Int32Array(1) };
    const oneSplit = { max_iter: 1, learning_rate: 1, max_leaf_nodes: 2 };
    const bySets = await (await trained(data, oneSplit)).predict(features);
    const byNumbers = await (
      await trained({ ...data, features: asNumbers }, oneSplit)
    ).predict(features);
    const error = (answers: Float32Array): number =>
      Math.max(...answers.map((answer, i) => Math.abs(answer - (data.target[i] ?? NaN))));
    expect(error(bySets)).toBeLessThan(0.1);
    expect(error(byNumbers)).toBeGreaterThan(0.8);
  });

  it('answers for a category that training rows lack as for a missing one', async () => {
    const data = evenAndOdd(2000, COUNT);
    // Room for three more codes, of which no row is.
    const categories = Int32Array.of(COUNT + 3);
    const model = await trained({ ...data, features: { ...data.features, categories } });
    const asked = Float32Array.of(NaN, COUNT, COUNT + 2);
    const features = { ...data.features, rows: 3, values: asked };
    const [missing, ...unseen] = await model.predict(features);
    expect(unseen).toEqual([missing, missing]);
  });

  it('of more categories than bins is split as a number, and says so', async () => {
    const data = evenAndOdd(2000, 300);
    const { warnings, weights } = await trained(data);
    expect(weights.some(({ name }) => name === 'sets')).toBe(false);
    expect(warnings).toHaveLength(1);
    expectSentence(warnings[0] ?? '');
    expect(warnings[0]).toContain('"code" has 300 categories, more than 255 bins');
    expect((await trained(evenAndOdd(500), { max_bins: 10 })).warnings[0]).toContain('10 bins');
  });

  it('comes from an ordinal step, leaves as a graph, and answers for what it never saw', async () => {
    const towns = ['Aachen', 'Bonn', 'Cork', 'Dover', 'Essen', 'Fulda'];
    const town = (row: number): string => (row % 17 === 0 ? '' : (towns[row % 6] ?? ''));
    const rent = (row: number): string =>
      (((row % 6) % 2) * 100 + (row % 17 === 0 ? 40 : 0) + noise(row)).toFixed(2);
    const experiment = await runCsv(tableOf(400, { town, rent }), 'rent', (spec) => ({
      ...spec,
      steps: [{ step: 'ordinal', columns: 'categorical', parameters: {} }],
      candidates: [
        { name: 'baseline', model: 'mean', parameters: {} },
        { name: 'trees', model: 'gradient_boosting', parameters: {} },
      ],
    }));
    expectEndsWell(experiment);
    const { models, record } = experiment.outcome;
    const session = await openModelOnNode(models.get('trees') ?? expect.fail('no model'));
    const records = ['Bonn', 'Cork', '', 'Zagreb'].map((name) => ({ town: name }));
    const answers = await predictRecords(session, record.contract, records);
    await session.release();
    const [bonn = NaN, cork = NaN, missing = NaN, unseen] = answers.map((one) =>
      one.task === 'regression' ? one.value : NaN,
    );
    expect(bonn - cork).toBeGreaterThan(80);
    expect(missing).toBeGreaterThan(cork + 20);
    expect(unseen).toBe(missing);
  });
});
