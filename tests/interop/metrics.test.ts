import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { bootstrapMetrics, percentiles } from '#core/evaluation/bootstrap.ts';
import { metricsFor } from '#core/evaluation/registry.ts';
import { RandomStream } from '#core/random.ts';
import type { MetricName } from '#core/spec/spec.ts';
import { metricCases, type MetricCase } from './metric-cases.ts';
import { runPython } from './python.ts';

const script = fileURLToPath(new URL('metrics.py', import.meta.url));
const TOLERANCE = 1e-9;

type Values = Partial<Record<MetricName, number | null>>;

/** Samples whose percentiles are asked for, NaN where a metric was not defined. */
const sampleSets: Readonly<Record<string, Float64Array>> = {
  'a thousand': normalSamples(1, 1000),
  'an odd number': normalSamples(2, 37),
  two: Float64Array.of(3, -1),
  one: Float64Array.of(0.25),
  ties: Float64Array.from({ length: 200 }, (_, i) => (i % 3) / 10),
  'some undefined': normalSamples(3, 300).map((value, i) => (i % 7 === 0 ? NaN : value)),
  'very large and very small': normalSamples(4, 100).map(
    (value, i) => value * 10 ** ((i % 30) - 9),
  ),
};

let reference: readonly Values[] = [];
let referencePercentiles: readonly (readonly [number, number])[] = [];

beforeAll(async () => {
  const cases = metricCases.map(({ scored, counts }) => ({
    kind: scored.task,
    counts: [...counts],
    actual: [...scored.actual],
    predicted: [...scored.predicted],
    ...(scored.task === 'classification'
      ? { classes: scored.classes.length, probabilities: [...scored.probabilities] }
      : {}),
  }));
  const sets = Object.values(sampleSets).map((samples) => ({
    kind: 'percentiles',
    samples: Array.from(samples, (value) => (Number.isNaN(value) ? null : value)),
  }));
  const answers = JSON.parse(
    await runPython(script, { input: JSON.stringify([...cases, ...sets]) }),
  ) as readonly unknown[];
  reference = answers.slice(0, cases.length) as typeof reference;
  referencePercentiles = answers.slice(cases.length) as typeof referencePercentiles;
});

function measured({ scored, counts }: MetricCase): Values {
  return Object.fromEntries(
    metricsFor(scored.task).map((metric) => [metric.name, metric.prepare(scored)(counts)]),
  );
}

describe('metrics equal those of scikit-learn on the same predictions', () => {
  it.each(metricCases.map((one, i) => [one.name, one, i] as const))('%s', (_, one, i) => {
    const wanted = reference[i] ?? {};
    const got = measured(one);
    expect(Object.keys(got).sort()).toEqual(Object.keys(wanted).sort());
    for (const [name, value] of Object.entries(wanted)) {
      const own = got[name as MetricName] ?? null;
      if (value === null || own === null) expect(own, name).toBe(value);
      else {
        const isError = name === 'mae' || name === 'rmse';
        const allowed = TOLERANCE * Math.max(isError ? 0 : 1, Math.abs(value));
        expect(Math.abs(own - value), `${name}: ${own}, reference ${value}`).toBeLessThanOrEqual(
          allowed,
        );
      }
    }
  });

  it('and the cases hold every metric, defined and not', () => {
    for (const name of ['accuracy', 'macro_f1', 'log_loss', 'roc_auc', 'mae', 'rmse', 'r2']) {
      const values = reference.map((one) => one[name as MetricName]);
      expect(values.filter((value) => typeof value === 'number').length).toBeGreaterThanOrEqual(10);
    }
    expect(reference.some((one) => one.roc_auc === null)).toBe(true);
    expect(reference.some((one) => one.r2 === null)).toBe(true);
  });
});

describe('bootstrap percentiles equal those of NumPy on the same samples', () => {
  it.each(Object.entries(sampleSets).map(([name, samples], i) => [name, samples, i] as const))(
    '%s',
    (_, samples, i) => {
      const got = percentiles(samples);
      for (const [side, wanted] of (referencePercentiles[i] ?? []).entries()) {
        const allowed = 1e-12 * Math.max(1, Math.abs(wanted));
        expect(Math.abs((got[side] ?? NaN) - wanted)).toBeLessThanOrEqual(allowed);
      }
      expect(referencePercentiles[i]).toHaveLength(2);
    },
  );

  it('and an interval is those percentiles of the resampled metric', async () => {
    const scored = metricCases[0]?.scored;
    if (scored === undefined) throw new Error('no case');
    const { metrics, primarySamples } = await bootstrapMetrics(
      scored,
      metricsFor('classification'),
      'macro_f1',
      { resamples: 500, random: new RandomStream(7), signal: new AbortController().signal },
    );
    const input = JSON.stringify([{ kind: 'percentiles', samples: [...primarySamples] }]);
    const [[low, high]] = JSON.parse(await runPython(script, { input })) as [[number, number]];
    expect(metrics.macro_f1?.low).toBeCloseTo(low, 12);
    expect(metrics.macro_f1?.high).toBeCloseTo(high, 12);
    expect(low).toBeLessThan(metrics.macro_f1?.value ?? NaN);
    expect(high).toBeGreaterThan(metrics.macro_f1?.value ?? NaN);
  });
});

function normalSamples(seed: number, length: number): Float64Array {
  const random = new RandomStream(seed);
  return Float64Array.from({ length }, () => random.normal());
}
