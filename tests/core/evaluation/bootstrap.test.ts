import { expect, it } from 'vitest';
import { bootstrapMetrics, type BootstrapResult } from '#core/evaluation/bootstrap.ts';
import { compareWithBaseline } from '#core/evaluation/compare.ts';
import type { Scored } from '#core/evaluation/metric.ts';
import { metricNamed, metricsFor } from '#core/evaluation/registry.ts';
import { RandomStream } from '#core/random.ts';
import type { MetricName } from '#core/spec/spec.ts';

async function measured(scored: Scored, primary: MetricName) {
  return bootstrapMetrics(scored, metricsFor(scored.task), primary, {
    resamples: 200,
    random: new RandomStream(1),
    signal: new AbortController().signal,
  });
}

const classes = ['no', 'yes'];
/** Rows of the class yes, all predicted as one class. */
const said = (predicted: number, rows: number): Scored => ({
  task: 'classification',
  classes,
  actual: new Int32Array(rows).fill(1),
  predicted: new Int32Array(rows).fill(predicted),
  probabilities: Float32Array.from({ length: 2 * rows }, (_, i) =>
    i % 2 === predicted ? 0.9 : 0.1,
  ),
});

function side({ metrics, primarySamples }: BootstrapResult) {
  return { value: metrics.accuracy?.value ?? null, samples: primarySamples };
}

// SciPy's bootstrap refuses a single observation too: "must contain two or more observations".
it('a single row tells of no spread: no interval, and no real difference', async () => {
  const right = await measured(said(1, 1), 'accuracy');
  const wrong = await measured(said(0, 1), 'accuracy');
  expect(right.metrics.accuracy).toEqual({ value: 1, low: null, high: null });
  expect(right.metrics.roc_auc?.reason).toMatch(/one class/);
  expect(compareWithBaseline(metricNamed('accuracy'), side(right), side(wrong), 1)).toBeUndefined();
});

it('neither does a single query, however many rows it has', async () => {
  const scored: Scored = {
    task: 'ranking',
    queries: new Int32Array(4),
    grades: Float64Array.of(0, 2, 1, 0),
    scores: Float64Array.of(4, 3, 2, 1),
  };
  const { metrics } = await measured(scored, 'ndcg_10');
  expect(metrics.ndcg_10).toMatchObject({ low: null, high: null });
  expect(metrics.ndcg_10?.value).toBeGreaterThan(0.5);
});

it('two rows have an interval', async () => {
  const scored: Scored = {
    task: 'regression',
    actual: Float64Array.of(1, 2),
    predicted: Float64Array.of(1, 4),
  };
  expect((await measured(scored, 'mae')).metrics.mae).toEqual({ value: 1, low: 0, high: 2 });
});

// The exact test of signs: 2 of 2^n ways to deal them out are as one-sided, 1 in 16 of five rows and 1 in 32 of six.
it.each([
  [2, false],
  [5, false],
  [6, true],
])(
  'a candidate that is right on all of %i rows, where the baseline is wrong, is really better: %s',
  async (rows, real) => {
    const right = await measured(said(1, rows), 'accuracy');
    const wrong = await measured(said(0, rows), 'accuracy');
    const found = compareWithBaseline(metricNamed('accuracy'), side(right), side(wrong), rows);
    expect(found).toEqual({ difference: 1, low: 1, high: 1, real });
  },
);
