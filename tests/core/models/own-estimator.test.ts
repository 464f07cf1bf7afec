import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Estimator, Training, TrainingInput } from '#core/models/estimator.ts';
import { weightOf } from '#core/models/weight-tensor.ts';
import { estimators, estimatorsFor } from '#core/models/registry.ts';
import { modelCard } from '#core/registry/model-card.ts';
import { compareRuns } from '#core/run/compare-runs.ts';
import { numberOf } from '#core/spec/parameters.ts';
import { candidateOf as proposedCandidate } from '#core/spec/propose-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { candidateOf, expectEndsWell, noise, runCsv, tableOf } from '../../support/experiment.ts';
import { refusalOf } from '../../support/refusal.ts';

/** The file that somebody would add: a tree of one split, at a threshold of the first feature. */
const twoMeans: Estimator = {
  name: 'two_means',
  title: 'Two means',
  shortName: 'two means',
  summary: 'Answers with one mean where the first feature is above a threshold, and another else.',
  tasks: ['regression'],
  baseline: false,
  stopsEarly: false,
  proposed: true,
  acceptsMissing: false,
  complexity: 3,
  parameters: [
    {
      name: 'threshold',
      label: 'Threshold',
      kind: 'number',
      min: -10,
      max: 10,
      default: 0,
      help: 'Where the first feature parts the rows.',
    },
  ],
  train: trainTwoMeans,
  emit(graph, features, { weights, parameters }) {
    const first = graph.constant(BigInt64Array.of(0n), [1]);
    const feature = graph.node('Gather', [features, first], { axis: 1 });
    const threshold = graph.constant(Float32Array.of(numberOf(parameters, 'threshold')), [1]);
    const [below = 0, above = 0] = weightOf(weights, 'means').values;
    return graph.node('Where', [
      graph.node('Greater', [feature, threshold]),
      graph.constant(Float32Array.of(above), [1]),
      graph.constant(Float32Array.of(below), [1]),
    ]);
  },
};

async function* trainTwoMeans({ train, parameters }: TrainingInput): Training {
  const { values, width, rows } = train.features;
  const threshold = Math.fround(numberOf(parameters, 'threshold'));
  const [sums, counts] = [new Float64Array(2), new Float64Array(2)];
  for (let i = 0; i < rows; i += 1) {
    const side = Number((values[i * width] ?? 0) > threshold);
    sums[side] = (sums[side] ?? 0) + (train.target[i] ?? 0);
    counts[side] = (counts[side] ?? 0) + 1;
  }
  const means = Float32Array.from(sums, (sum, side) => sum / Math.max(1, counts[side] ?? 0));
  yield await Promise.resolve({ epoch: 1, epochs: 1, trainLoss: 0, validationLoss: null });
  return {
    weights: [{ name: 'means', shape: [2], values: means }],
    warnings: [],
    predict: (of) =>
      Promise.resolve(
        Float32Array.from(
          { length: of.rows },
          (_, i) => means[Number((of.values[i * of.width] ?? 0) > threshold)] ?? 0,
        ),
      ),
    dispose: () => undefined,
  };
}

const registry = estimators as Estimator[];
const table = tableOf(150, {
  size: (row) => (row % 9 === 0 ? '' : noise(row).toFixed(3)),
  colour: (row) => ['red', 'blue'][row % 2] ?? '',
  price: (row) => ((noise(row) > 0.5 ? 5 : 1) + noise(row, 1)).toFixed(3),
});
const withOwn = (parameters: Record<string, unknown>) => (spec: Spec) => ({
  ...spec,
  split: { ...spec.split, folds: 3 },
  candidates: [
    ...spec.candidates.slice(0, 1),
    { ...proposedCandidate(twoMeans), parameters: { ...parameters } },
  ],
});

describe('an estimator of one’s own', () => {
  beforeEach(() => {
    registry.push(twoMeans);
  });
  afterEach(() => {
    registry.splice(registry.indexOf(twoMeans), 1);
  });

  it('is one object and one row: it is offered, runs over raw rows, wins, and its run repeats', async () => {
    expect(estimatorsFor({ task: 'regression' })).toContain(twoMeans);
    expect(estimatorsFor({ task: 'classification' })).not.toContain(twoMeans);
    const run = await runCsv(table, 'price', withOwn({}));
    expectEndsWell(run);
    const { record } = run.outcome;
    expect(record.best).toBe('two means');
    const own = candidateOf(run, 'two_means');
    expect(own.parameters).toEqual({ threshold: 0 });
    expect(own.crossValidation?.folds).toHaveLength(3);
    expect(modelCard(record)).toContain('Two means');
    const again = await runCsv(table, 'price', withOwn({}));
    expect(compareRuns(record, again.outcome.record, true).differences).toEqual([]);
  });

  it('has its parameters guarded like any other', async () => {
    const error = await refusalOf(() => runCsv(table, 'price', withOwn({ threshold: 11 })));
    expect(error.message).toMatch(/parameters\.threshold.*from -10 to 10.*got 11/);
  });
});
