import type { FeatureMatrix } from '#core/features/matrix.ts';
import { rowsOfQueries } from '#core/ranking/query-rows.ts';
import type { MetricName, Task } from '#core/spec/spec.ts';

/** Held-out rows of a classifier, as the exported graph answered them. */
export interface ScoredClasses {
  readonly task: 'classification';
  readonly classes: readonly string[];
  /** True class index per row. */
  readonly actual: Int32Array;
  /** Predicted class index per row. */
  readonly predicted: Int32Array;
  /** [rows, classes] row-major. */
  readonly probabilities: Float32Array | Float64Array;
}

/** Held-out rows of a regressor, in the target's own unit. */
export interface ScoredValues {
  readonly task: 'regression';
  readonly actual: Float64Array;
  readonly predicted: Float64Array;
  /** Of a forecast: the mean absolute error of the seasonal naive one in the training rows. */
  readonly naiveError?: number | undefined;
}

/** Held-out rows as a model put them into groups. */
export interface ScoredGroups {
  readonly task: 'clustering';
  /** Group of each row, from 0. */
  readonly labels: Int32Array;
  /** How many groups the model knows. */
  readonly groups: number;
  /** The rows as the model sees them, after the steps. */
  readonly features: FeatureMatrix;
}

/** Held-out rows with their anomaly scores. */
export interface ScoredAnomalies {
  readonly task: 'anomaly_detection';
  readonly scores: Float32Array;
  /** 1 where the score is above the threshold, else 0. */
  readonly flagged: Int32Array;
}

/** Held-out rows with the scores that rank them within their queries. */
export interface ScoredQueries {
  readonly task: 'ranking';
  /** The query of each row, counted from 0. */
  readonly queries: Int32Array;
  /** Grade of relevance of each row. */
  readonly grades: Float64Array;
  readonly scores: Float64Array;
}

/** Held-out rows and how far each is from what its components say it is. */
export interface ScoredComponents {
  readonly task: 'reduction';
  readonly errors: Float32Array;
  /** The rows as the model sees them, after the steps. */
  readonly features: FeatureMatrix;
}

/** Held-out windows of a text. */
export interface ScoredTexts {
  readonly task: 'language';
  /** The mean of −ln(probability) over the characters of each window, each from those before it in the window. */
  readonly nats: Float32Array;
  /** How many characters each window has. */
  readonly characters: Int32Array;
}

export type Scored =
  | ScoredClasses
  | ScoredValues
  | ScoredGroups
  | ScoredAnomalies
  | ScoredQueries
  | ScoredComponents
  | ScoredTexts;

/** How many there are of what is drawn anew by a bootstrap: rows, or queries of a ranking. */
export function scoredCount(scored: Scored): number {
  switch (scored.task) {
    case 'clustering':
      return scored.labels.length;
    case 'anomaly_detection':
      return scored.scores.length;
    case 'ranking':
      return scored.queries.reduce((most, query) => Math.max(most, query + 1), 0);
    case 'reduction':
      return scored.errors.length;
    case 'language':
      return scored.nats.length;
    default:
      return scored.actual.length;
  }
}

/**
 * A metric over weighted rows (of a ranking queries): how often each row counts. All ones gives the plain value, a bootstrap
 * resample's counts give a resampled one. null where it is not defined on those rows.
 */
export type WeightedMetric = (counts: Uint32Array) => number | null;

/** A metric, as one object in one file; adding one is that file and a row in `registry.ts`. */
export interface Metric {
  readonly name: MetricName;
  readonly title: string;
  readonly tasks: readonly Task[];
  readonly better: 'higher' | 'lower';
  /** The lowest and the highest value there can be. */
  readonly bounds: readonly [lowest: number, highest: number];
  /** One sentence: what it means. */
  readonly help: string;
  /** Why it may be undefined, for the report. */
  readonly undefinedWhen?: string;
  /** Does once what all resamples share. */
  prepare(scored: Scored): WeightedMetric;
}

/** A metric over classified rows. */
export function forClasses(
  prepare: (scored: ScoredClasses) => WeightedMetric,
): Pick<Metric, 'tasks' | 'prepare'> {
  return {
    tasks: ['classification'],
    prepare: (scored) => (scored.task === 'classification' ? prepare(scored) : () => null),
  };
}

/** A metric over predicted values. */
export function forValues(
  prepare: (scored: ScoredValues) => WeightedMetric,
): Pick<Metric, 'tasks' | 'prepare'> {
  return {
    tasks: ['regression'],
    prepare: (scored) => (scored.task === 'regression' ? prepare(scored) : () => null),
  };
}

/** A metric over rows in groups. */
export function forGroups(
  prepare: (scored: ScoredGroups) => WeightedMetric,
): Pick<Metric, 'tasks' | 'prepare'> {
  return {
    tasks: ['clustering'],
    prepare: (scored) => (scored.task === 'clustering' ? prepare(scored) : () => null),
  };
}

/** A metric over anomaly scores. */
export function forAnomalies(
  prepare: (scored: ScoredAnomalies) => WeightedMetric,
): Pick<Metric, 'tasks' | 'prepare'> {
  return {
    tasks: ['anomaly_detection'],
    prepare: (scored) => (scored.task === 'anomaly_detection' ? prepare(scored) : () => null),
  };
}

/**
 * A metric that each query has for itself, in the mean over queries.
 * @param valueOf null where a query says nothing; it is left out then
 */
export function forQueries(
  valueOf: (grades: Float64Array, scores: Float64Array) => number | null,
): Pick<Metric, 'tasks' | 'prepare'> {
  return {
    tasks: ['ranking'],
    prepare: (scored) =>
      scored.task === 'ranking' ? meanOverQueries(scored, valueOf) : () => null,
  };
}

function meanOverQueries(
  { queries, grades, scores }: ScoredQueries,
  valueOf: (grades: Float64Array, scores: Float64Array) => number | null,
): WeightedMetric {
  const values = rowsOfQueries(queries).map((rows) => {
    const take = (all: Float64Array): Float64Array => Float64Array.from(rows, (i) => all[i] ?? NaN);
    return valueOf(take(grades), take(scores));
  });
  const defined = Int32Array.from(values.keys()).filter((query) => values[query] !== null);
  const own = Float64Array.from(defined, (query) => values[query] ?? NaN);
  return (counts) =>
    weightedMean(
      own,
      Uint32Array.from(defined, (query) => counts[query] ?? 0),
    );
}

/** A metric over rows and their components. */
export function forComponents(
  prepare: (scored: ScoredComponents) => WeightedMetric,
): Pick<Metric, 'tasks' | 'prepare'> {
  return {
    tasks: ['reduction'],
    prepare: (scored) => (scored.task === 'reduction' ? prepare(scored) : () => null),
  };
}

/** A metric of the mean nats of a character: −ln of the probability that the characters before it gave it. */
export function forTexts(
  valueOf: (natsOfCharacter: number) => number,
): Pick<Metric, 'tasks' | 'prepare'> {
  return {
    tasks: ['language'],
    prepare: (scored) => (scored.task === 'language' ? meanOverTexts(scored, valueOf) : () => null),
  };
}

function meanOverTexts(
  { nats, characters }: ScoredTexts,
  valueOf: (natsOfCharacter: number) => number,
): WeightedMetric {
  return (counts) => {
    let [sum, total] = [0, 0];
    for (const [i, count] of counts.entries()) {
      const weight = count * (characters[i] ?? 0);
      sum += weight * (nats[i] ?? NaN);
      total += weight;
    }
    return total === 0 ? null : valueOf(sum / total);
  };
}

/** Σ counts·values ÷ Σ counts; null for no rows. */
export function weightedMean(values: Float64Array, counts: Uint32Array): number | null {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < values.length; i += 1) {
    const count = counts[i] ?? 0;
    sum += count * (values[i] ?? 0);
    total += count;
  }
  return total === 0 ? null : sum / total;
}
