import { Breather } from '#core/breather.ts';
import type { RandomStream } from '#core/random.ts';
import type { Interval, Metrics } from '#core/spec/candidate-record.ts';
import type { MetricName } from '#core/spec/spec.ts';
import { scoredCount, type Metric, type Scored } from './metric.ts';

/** The 95% percentile interval: 2.5% on each side (Efron and Tibshirani, 1993, chapter 13). */
const TAILS = [0.025, 0.975] as const;

export interface BootstrapResult {
  readonly metrics: Metrics;
  /** The primary metric on every resample, NaN where undefined; paired across candidates by the seed. */
  readonly primarySamples: Float64Array;
}

/**
 * Every metric on the rows, with a 95% bootstrap interval from resampling rows with replacement. The
 * same seed draws the same resamples, so that candidates can be compared on them pair by pair. Of a single row (of a
 * ranking: query) every resample is that row again, which tells of no spread: there are no samples then.
 */
export async function bootstrapMetrics(
  scored: Scored,
  metrics: readonly Metric[],
  primary: MetricName,
  options: {
    readonly resamples: number;
    readonly random: RandomStream;
    readonly signal: AbortSignal;
  },
): Promise<BootstrapResult> {
  const { resamples, random, signal } = options;
  const rows = scoredCount(scored);
  const breather = new Breather(signal);
  const prepared = metrics.map((metric) => ({
    metric,
    measure: metric.prepare(scored),
    samples: new Float64Array(resamples).fill(NaN),
  }));
  const counts = new Uint32Array(rows);
  for (let b = 0; b < resamples && rows > 1; b += 1) {
    await breather.breathe();
    counts.fill(0);
    for (let i = 0; i < rows; i += 1) {
      const drawn = random.integer(rows);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    for (const { measure, samples } of prepared) samples[b] = measure(counts) ?? NaN;
  }
  counts.fill(1);
  const found: Metrics = {};
  for (const { metric, measure, samples } of prepared) {
    found[metric.name] = intervalOf(metric, measure(counts), samples);
  }
  const primarySamples = prepared.find(({ metric }) => metric.name === primary)?.samples;
  return {
    metrics: found,
    primarySamples: primarySamples ?? new Float64Array(resamples).fill(NaN),
  };
}

function intervalOf(metric: Metric, value: number | null, samples: Float64Array): Interval {
  if (value === null || !Number.isFinite(value)) {
    return { value: null, low: null, high: null, reason: reasonFor(metric, value) };
  }
  const [low, high] = percentiles(samples);
  if (!Number.isFinite(low) || !Number.isFinite(high)) return { value, low: null, high: null };
  // Resampled sums are rounded in another order, so that an interval of no width can miss the value by a bit.
  return { value, low: Math.min(low, value), high: Math.max(high, value) };
}

/** Why a metric has no figure: it has none on such rows, or none that a 64-bit number can hold. */
function reasonFor({ title, undefinedWhen }: Metric, value: number | null): string {
  return value === null
    ? `${title} is not defined: ${undefinedWhen ?? 'no value on these rows'}.`
    : `${title} has no figure here: it is past what a 64-bit number can hold (1.8e308). Divide the target by a constant before it is read.`;
}

/** The two tail percentiles of the defined samples, by linear interpolation (NumPy's default). */
export function percentiles(samples: Float64Array): [number, number] {
  const sorted = samples.filter((sample) => !Number.isNaN(sample)).sort();
  const at = (share: number): number => {
    const position = share * (sorted.length - 1);
    const below = Math.floor(position);
    const lower = sorted[below] ?? NaN;
    const upper = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN;
    return lower + (upper - lower) * (position - below);
  };
  return [at(TAILS[0]), at(TAILS[1])];
}
