import * as v from 'valibot';
import { metricNames } from './spec.ts';
import { curvePointSchema, trainingCostSchema } from './training-record.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** A metric with its 95% bootstrap interval; all null, with a reason, where it is not defined. */
const intervalSchema = v.strictObject({
  value: v.nullable(v.number()),
  low: v.nullable(v.number()),
  high: v.nullable(v.number()),
  reason: v.optional(v.string()),
});
const metricsSchema = v.record(v.picklist(metricNames), intervalSchema);
const partsOf = <T extends v.GenericSchema>(schema: T) =>
  v.strictObject({ validation: schema, test: schema });

/** A fold's metrics; null where one is not defined on its test rows. */
export const measuredFoldSchema = v.strictObject({
  weightsSha256: sha256,
  metrics: v.record(v.picklist(metricNames), v.nullable(v.number())),
});

const crossValidationSchema = v.strictObject({
  /** In the order of `split.folds`. */
  folds: v.array(measuredFoldSchema),
  /** Over the folds, the deviation with n − 1; null where some fold has none. */
  metrics: v.record(
    v.picklist(metricNames),
    v.strictObject({ mean: v.nullable(v.number()), standardDeviation: v.nullable(v.number()) }),
  ),
});

/** A linear model's coefficients, of features as they are after the steps. */
const coefficientsSchema = v.strictObject({
  /** What one unit of a feature adds its coefficient to: the answer, its logarithm, or a class's log-odds. */
  of: v.picklist(['answer', 'logarithm', 'log_odds']),
  /** How many there are in all. */
  features: count,
  /** One; of more than two classes one for each of the first 50; none where there is a `reason`. */
  outputs: v.array(
    v.strictObject({
      /** Of two classes the second, against the first. */
      class: v.optional(v.string()),
      intercept: v.number(),
      /** At most 20, the largest by |coefficient| × deviation over the training rows first. */
      largest: v.array(
        v.strictObject({ feature: v.string(), coefficient: v.number(), deviation: v.number() }),
      ),
    }),
  ),
  /** Why none is listed, in a sentence. */
  reason: v.optional(v.string()),
});

/** What a run says of one candidate. */
export const candidateRecordSchema = v.strictObject({
  name: v.string(),
  model: v.string(),
  parameters: v.record(v.string(), v.unknown()),
  /** Order of simplicity that breaks ties: lower is simpler. */
  complexity: v.number(),
  trainMs: v.number(),
  /** SHA-256 over the trained tensors: names, shapes and little-endian bytes, in order. */
  weightsSha256: sha256,
  onnx: v.strictObject({ sha256, bytes: count }),
  parity: v.strictObject({
    /** Largest difference between trainer and ONNX on held-out rows; values are in target deviations. */
    maxAbsDifference: v.number(),
    tolerance: v.number(),
    passed: v.boolean(),
    rows: count,
  }),
  metrics: partsOf(metricsSchema),
  /** Rows are true classes, columns predicted ones, in the contract's order (classification). */
  confusion: v.optional(partsOf(v.array(v.array(count)))),
  /** Up to 500 held-out rows for the residual plot (regression); of a forecast with their time and series. */
  residuals: v.optional(
    partsOf(
      v.array(
        v.strictObject({
          actual: v.number(),
          predicted: v.number(),
          time: v.optional(v.string()),
          series: v.optional(v.string()),
        }),
      ),
    ),
  ),
  /** Up to 12 held-out queries with their first 20 rows as ranked, highest score first (ranking). */
  rankings: v.optional(
    partsOf(
      v.array(
        v.strictObject({
          query: v.string(),
          /** How many rows it has. */
          rows: count,
          /** NDCG of its first 10 places; null where no row is relevant. */
          ndcg10: v.nullable(v.number()),
          /** Rows of the data, counted from 1. */
          ranked: v.array(v.strictObject({ row: count, grade: count, score: v.number() })),
        }),
      ),
    ),
  ),
  /** Each group's held-out rows, in the order of its labels (clustering). */
  groups: v.optional(
    partsOf(
      v.array(
        v.strictObject({
          rows: count,
          /** What the first 30 inputs hold in these rows: their mean, or the most frequent text. */
          columns: v.array(
            v.strictObject({
              name: v.string(),
              mean: v.optional(v.number()),
              most: v.optional(v.strictObject({ value: v.string(), rows: count })),
            }),
          ),
        }),
      ),
    ),
  ),
  /** Anomaly scores of held-out rows (anomaly detection). */
  anomalies: v.optional(
    partsOf(
      v.strictObject({
        /** A higher score is an anomaly's. */
        threshold: v.number(),
        flagged: count,
        histogram: v.strictObject({ edges: v.array(v.number()), counts: v.array(count) }),
        /** Up to 20 rows of the data, counted from 1, with the highest scores, highest first. */
        highest: v.array(v.strictObject({ row: count, score: v.number() })),
      }),
    ),
  ),
  /** What the components are (dimensionality reduction). */
  components: v.optional(
    v.strictObject({
      /** After the steps. */
      features: count,
      kept: count,
      /** Of the training rows' variance, by direction: those kept, and of principal components all, at most 100. */
      shares: v.array(v.number()),
      /** Of each component that is kept, at most 20, the 20 features that weigh most, largest first. */
      loadings: v.array(v.array(v.strictObject({ feature: v.string(), weight: v.number() }))),
    }),
  ),
  /** Up to 1000 held-out rows by their first two components (dimensionality reduction). */
  map: v.optional(
    partsOf(
      v.strictObject({
        /** Rows of the data, counted from 1. */
        rows: v.array(count),
        first: v.array(v.number()),
        second: v.array(v.number()),
      }),
    ),
  ),
  /** The features that the model uses most, up to 50, with their shares of 1; absent where it does not tell. */
  importances: v.optional(v.array(v.strictObject({ feature: v.string(), share: v.number() }))),
  /** Of linear models. */
  coefficients: v.optional(coefficientsSchema),
  /** Paired bootstrap of the primary metric against the first candidate; positive is better. */
  versusBaseline: v.optional(
    v.strictObject({
      difference: v.number(),
      low: v.number(),
      high: v.number(),
      real: v.boolean(),
    }),
  ),
  /** The candidate trained and measured once for each fold, apart from the test rows. */
  crossValidation: v.optional(crossValidationSchema),
  /** The step of the optimizer after which the time of its budget was up; a replay stops there. */
  stoppedAtStep: v.optional(count),
  /** What its training cost beside `trainMs`, on the machine that made the run; of networks. */
  cost: v.optional(trainingCostSchema),
  history: v.array(curvePointSchema),
  warnings: v.array(v.string()),
});

export type Interval = v.InferOutput<typeof intervalSchema>;
export type Metrics = v.InferOutput<typeof metricsSchema>;
export type CandidateRecord = v.InferOutput<typeof candidateRecordSchema>;
export type Coefficients = v.InferOutput<typeof coefficientsSchema>;
export type CrossValidation = v.InferOutput<typeof crossValidationSchema>;
