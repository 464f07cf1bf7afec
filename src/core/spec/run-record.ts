import * as v from 'valibot';
import { contractSchema } from './contract.ts';
import { resumedSchema } from './resumed.ts';
import { backendChoices, metricNames, specSchema, splitMethodNames } from './spec.ts';
import { curvePointSchema, trainingCostSchema } from './training-record.ts';

/** The shape of run.json; documented in docs/run-json.md. */
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

/** A candidate that could not be trained or measured, and why. */
const failedCandidateSchema = v.strictObject({
  name: v.string(),
  model: v.string(),
  error: v.strictObject({ code: v.string(), message: v.string(), hint: v.optional(v.string()) }),
});

const inEachPart = <T extends v.GenericSchema>(schema: T) =>
  v.strictObject({ train: schema, validation: schema, test: schema });

const timesSchema = v.strictObject({ from: v.string(), to: v.string() });

/** A round of a cross-validation: rows to train on and to test with, and what the test rows hold. */
const foldRecordSchema = v.strictObject({
  train: count,
  test: count,
  classes: v.optional(v.record(v.string(), count)),
  targetMean: v.optional(v.number()),
  groups: v.optional(count),
  times: v.optional(timesSchema),
});

/** How rows were dealt, and what each part holds. */
export const splitRecordSchema = v.strictObject({
  seed: v.number(),
  method: v.optional(v.picklist(splitMethodNames), 'random'),
  by: v.optional(v.string()),
  gap: v.optional(v.number()),
  key: v.optional(v.string()),
  stratified: v.boolean(),
  train: count,
  validation: count,
  test: count,
  /** Rows in no part: those within the gap after a boundary in time. */
  leftOut: v.optional(count, 0),
  /** Rows of each class in each part (classification). */
  classes: v.optional(v.record(v.string(), inEachPart(count))),
  /** Mean of the target in each part (regression). */
  targetMean: v.optional(inEachPart(v.number())),
  /** Groups in each part (by group). */
  groups: v.optional(inEachPart(count)),
  /** Largest difference of a class's (or quantile's) share between a part and the whole (stratified by group). */
  shareDifference: v.optional(v.number()),
  /** First and last time of each part (by time). */
  times: v.optional(inEachPart(timesSchema)),
  /** The rounds of the cross-validation, where there is one. */
  folds: v.optional(v.array(foldRecordSchema)),
});

/** What the best candidate's exported model gave, beside what the contract asks for. Speeds are wall-clock numbers. */
const measuredSchema = v.strictObject({
  candidate: v.string(),
  /** The primary metric on the test rows. */
  threshold: v.optional(
    v.strictObject({ wanted: v.number(), value: v.nullable(v.number()), met: v.boolean() }),
  ),
  /** Milliseconds that a prediction of one row took. */
  latency: v.strictObject({
    medianMs: v.number(),
    p95Ms: v.number(),
    predictions: count,
    wanted: v.optional(v.number()),
    met: v.optional(v.boolean()),
  }),
  /** Rows predicted each second, in batches. */
  throughput: v.strictObject({
    rowsPerSecond: v.number(),
    rows: count,
    wanted: v.optional(v.number()),
    met: v.optional(v.boolean()),
  }),
});

export const runRecordSchema = v.strictObject({
  version: v.literal(1),
  id: v.string(),
  name: v.string(),
  createdAt: v.string(),
  finishedAt: v.string(),
  /** Milliseconds of work, without pauses and interruptions; absent in records of before these were known. */
  workedMs: v.optional(count),
  /** Each time that it went on after it was interrupted, in order; absent where it never was. */
  resumed: v.optional(v.array(resumedSchema)),
  status: v.picklist(['finished', 'failed']),
  spec: specSchema,
  dataset: v.strictObject({
    name: v.string(),
    sha256,
    bytes: count,
    rows: count,
    rowsUsed: count,
    rowsWithoutTarget: count,
    /** Rows left out because they repeat an earlier one, where the spec drops these. */
    rowsRepeated: v.optional(count),
    /** Of a forecast: rows with too few rows before them to be predicted. */
    rowsWithoutHistory: v.optional(count),
    /** What a person should know about the file, in sentences. */
    doubts: v.array(v.string()),
  }),
  contract: contractSchema,
  environment: v.strictObject({
    requestedBackend: v.picklist(backendChoices),
    backend: v.picklist(['webgpu', 'wasm', 'cpu']),
    /** Why this backend: by hand, or the probe's milliseconds. */
    backendReason: v.string(),
    adapter: v.nullable(v.string()),
    runtime: v.string(),
    /** How many threads training could use; absent in records of before there were several. */
    workers: v.optional(v.pipe(count, v.minValue(1))),
    versions: v.record(v.string(), v.string()),
    commit: v.nullable(v.string()),
  }),
  split: splitRecordSchema,
  candidates: v.array(candidateRecordSchema),
  /** Candidates of the spec that failed while others did not. */
  failures: v.optional(v.array(failedCandidateSchema)),
  /** Name of the best candidate by the primary metric on validation; null when none passed parity. */
  best: v.nullable(v.string()),
  /** Absent where there is no best candidate, and in records of before it was measured. */
  measured: v.optional(measuredSchema),
  warnings: v.array(v.string()),
});

export type Interval = v.InferOutput<typeof intervalSchema>;
export type Metrics = v.InferOutput<typeof metricsSchema>;
export type CandidateRecord = v.InferOutput<typeof candidateRecordSchema>;
export type Measured = v.InferOutput<typeof measuredSchema>;
export type RunRecord = v.InferOutput<typeof runRecordSchema>;
export type FailedCandidate = v.InferOutput<typeof failedCandidateSchema>;
export type CrossValidation = v.InferOutput<typeof crossValidationSchema>;
export type FoldRecord = v.InferOutput<typeof foldRecordSchema>;
export type SplitRecord = v.InferOutput<typeof splitRecordSchema>;
