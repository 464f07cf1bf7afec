import * as v from 'valibot';
import { candidateRecordSchema } from './candidate-record.ts';
import { contractSchema } from './contract.ts';
import { resumedSchema } from './resumed.ts';
import { backendChoices, specSchema } from './spec.ts';
import { splitRecordSchema } from './split-record.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** A candidate that could not be trained or measured, and why. */
const failedCandidateSchema = v.strictObject({
  name: v.string(),
  model: v.string(),
  error: v.strictObject({ code: v.string(), message: v.string(), hint: v.optional(v.string()) }),
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

export const RECORD_VERSION = 1;

/** The shape of run.json; documented in docs/run-json.md. */
export const runRecordSchema = v.strictObject({
  version: v.literal(RECORD_VERSION),
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
    /** Rows left out because they contradict others of the same inputs, where the spec drops these. */
    rowsConflicting: v.optional(count),
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

export type Measured = v.InferOutput<typeof measuredSchema>;
export type RunRecord = v.InferOutput<typeof runRecordSchema>;
export type FailedCandidate = v.InferOutput<typeof failedCandidateSchema>;
