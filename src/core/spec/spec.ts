import * as v from 'valibot';
import { isIsoDay } from '#core/data/iso-day.ts';
import { readSettingsSchema } from '#core/data/read/settings.ts';
import { shippedExtractorFile } from '#core/extractors/shipped-extractor.ts';
import { forecastSchema } from './forecast.ts';
import { pinsSchema } from './pins.ts';
import { isRecord } from './spec-path.ts';
import { termsSchema } from './terms.ts';

/**
 * The spec: one document that defines a run completely. This file is its shape; `parse-spec.ts` reads
 * it from YAML, `check-spec.ts` holds it against a data set, `propose-spec.ts` fills one in.
 */
export const SPEC_VERSION = 1;
/** Seeds are 32-bit signed integers from 1: several generators read 0 as none. */
export const MAX_SEED = 2_147_483_647;
export const MAX_FOLDS = 20;
export const tasks = [
  'classification',
  'regression',
  'ranking',
  'clustering',
  'anomaly_detection',
  'reduction',
  'language',
] as const;
export type Task = (typeof tasks)[number];

/** What the values of an input are to a step; the spec's steps may be for all inputs of one of these. */
export const inputTypes = ['numeric', 'categorical', 'datetime', 'text', 'image'] as const;
export type InputType = (typeof inputTypes)[number];

export const metricNames = [
  'accuracy',
  'macro_f1',
  'log_loss',
  'roc_auc',
  'mae',
  'rmse',
  'r2',
  'mase',
  'ndcg_5',
  'ndcg_10',
  'ndcg',
  'map',
  'mrr',
  'silhouette',
  'davies_bouldin',
  'calinski_harabasz',
  'score_tail',
  'mean_score',
  'flagged_share',
  'explained_variance',
  'reconstruction_rmse',
  'perplexity',
  'bits_per_character',
] as const;
export type MetricName = (typeof metricNames)[number];

export const splitMethodNames = ['random', 'group', 'time', 'column', 'place'] as const;
export type SplitMethodName = (typeof splitMethodNames)[number];

export const backendChoices = ['auto', 'webgpu', 'wasm', 'cpu'] as const;
export type BackendChoice = (typeof backendChoices)[number];

const text = v.pipe(v.string(), v.nonEmpty('must not be empty'));
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hex digits'));
const share = v.pipe(
  v.number(),
  v.minValue(0, 'must not be negative'),
  v.maxValue(1, 'must be at most 1'),
);
/** Not `v.record`, which drops keys such as `constructor` without a word. */
const parameters = v.custom<Readonly<Record<string, unknown>>>(isRecord, 'must be a mapping');

export const settableTypes = [
  'numeric',
  'integer',
  'boolean',
  'categorical',
  'ordinal',
  'datetime',
  'text',
  'identifier',
  'ignore',
] as const;

/** What is done with a column of personal data; `check-personal.ts` says what each decision needs. */
const personal = v.strictObject({
  /** `drop` leaves it out, `mask` puts one text for all, `hash` a salted hash; `keep` uses it as it is. */
  decision: v.picklist(['drop', 'mask', 'hash', 'keep']),
  /** Why it is kept, by whose decision, and since when. */
  reason: v.optional(text),
  by: v.optional(text),
  at: v.optional(
    v.pipe(v.string(), v.check(isIsoDay, 'must be a day of the calendar such as 2026-01-31')),
  ),
  /** What goes into the hashes before the value. */
  salt: v.optional(v.pipe(v.string(), v.minLength(16, 'must have at least 16 characters'))),
});
export type PersonalSetting = v.InferOutput<typeof personal>;

const columnOverride = v.strictObject({
  /** `ignore` leaves the column out of the model, as `identifier` does. */
  type: v.optional(v.picklist(settableTypes)),
  /** Cell texts that count as missing in this column; the empty text always does. */
  missing: v.optional(v.array(v.string())),
  /** What parts whole digits from decimals. */
  decimal: v.optional(v.picklist(['.', ','])),
  /** Which of two numbers in a date is the day. */
  dates: v.optional(v.picklist(['day_first', 'month_first'])),
  /** The categories of an ordinal column, lowest first. */
  order: v.optional(v.pipe(v.array(text), v.minLength(2, 'must name at least two values'))),
  /** Texts that differ by case, white space or Unicode form alone are one category. */
  fold: v.optional(v.boolean()),
  personal: v.optional(personal),
  ...pinsSchema.entries,
  /** Whether the value is known when a prediction is wanted; a column that is not is no input. */
  known: v.optional(v.boolean()),
});

const splitSchema = v.strictObject({
  /**
   * How rows are dealt; `core/data/split/registry.ts` says what each method reads of the rest. Absent: at random, by
   * query in a ranking, and by place in a text.
   */
  method: v.optional(v.picklist(splitMethodNames)),
  /** The column of groups, of times, or of the parts' names. */
  by: v.optional(text),
  /** What is left out after a boundary in time: days for dates, units for numbers. 0 when absent. */
  gap: v.optional(v.pipe(v.number(), v.minValue(0, 'must not be negative'))),
  /** Rows are dealt by a hash of this column's text and the seed, whatever their order. */
  key: v.optional(text),
  /**
   * Rounds of a cross-validation of every candidate over the rows that are not for the test. Absent: none, and the
   * validation rows choose the best.
   */
  folds: v.optional(
    v.pipe(
      v.number(),
      v.integer('must be an integer'),
      v.minValue(2, 'must be at least 2'),
      v.maxValue(MAX_FOLDS, `must be at most ${MAX_FOLDS}`),
    ),
  ),
  /** The column whose values are the folds, where a column deals the rows. */
  foldsBy: v.optional(text),
  /** Keep shares of classes, or of a value's quantiles, equal in the parts. Absent: for classes alone. */
  stratify: v.optional(v.boolean()),
  train: v.optional(share, 0.6),
  validation: v.optional(share, 0.2),
  test: v.optional(share, 0.2),
});

/** The step that reads features by a network. */
const EXTRACT = 'extract';

const stepSchema = v.strictObject({
  step: text,
  /** All columns of a type, or a list of column names. */
  columns: v.union([v.picklist(inputTypes), v.array(text)]),
  parameters: v.optional(parameters, {}),
  /** Of a step that reads features by a network: its file. Absent: the one that comes with Terrarium. */
  extractor: v.optional(
    v.strictObject({
      /** File name, or on the command line a path relative to the spec. */
      file: text,
      sha256: hash,
    }),
  ),
});

/** A record names the network that was used, so that a later Terrarium with another one does not use that. */
const stepsSchema = v.array(
  v.pipe(
    stepSchema,
    v.transform((step) =>
      step.step === EXTRACT && step.extractor === undefined
        ? { ...step, extractor: { ...shippedExtractorFile } }
        : step,
    ),
  ),
);

const documentSchema = v.strictObject({
  version: v.literal(SPEC_VERSION, `must be ${SPEC_VERSION}`),
  name: text,
  data: v.strictObject({
    /** File name or path, relative to the spec on the command line; of several files, which are packed into one, a list. */
    source: v.union([text, v.pipe(v.array(text), v.minLength(1, 'must name a file'))]),
    /** When given, the run refuses data with another hash. */
    sha256: v.optional(hash),
    /** How the file is read, where a person settled it; what is left out is found in the file. */
    read: v.optional(readSettingsSchema),
  }),
  task: v.picklist(tasks),
  /** The column to predict; a task that looks for groups, for rows unlike the others or for components has none. */
  target: v.optional(text),
  /** Of a ranking: the column that says which rows are ranked against one another. It is no input of the model. */
  query: v.optional(text),
  /** Of a regression over time: what the target is predicted from, and how far ahead. */
  forecast: v.optional(forecastSchema),
  columns: v.optional(v.record(v.string(), columnOverride), {}),
  seed: v.optional(
    v.pipe(
      v.number(),
      v.integer('must be an integer'),
      v.minValue(1, 'must be at least 1'),
      v.maxValue(MAX_SEED, `must be at most ${MAX_SEED}`),
    ),
    1,
  ),
  rows: v.optional(
    v.strictObject({
      /**
       * `drop` leaves out rows that repeat an earlier one in every column, before the split; `drop_used` those that repeat
       * one in every column that the run reads.
       */
      duplicates: v.optional(v.picklist(['keep', 'drop', 'drop_used']), 'keep'),
      /**
       * `drop` leaves out rows that contradict others of the same inputs, before the split: of classes those that are not
       * of the most frequent one, all where none is; of values all that lie apart, since none of them is the right one.
       */
      conflicts: v.optional(v.picklist(['keep', 'drop'])),
      /** The column that says how much each row counts in training. It is no input of the model. */
      weights: v.optional(text),
    }),
    {},
  ),
  split: v.optional(splitSchema, {}),
  /** What every candidate's features go through, one step after the other. */
  steps: stepsSchema,
  candidates: v.pipe(
    v.array(
      v.strictObject({
        name: text,
        model: text,
        parameters: v.optional(parameters, {}),
        /** In place of the spec's steps, for this candidate alone. */
        steps: v.optional(stepsSchema),
        /** How rare classes are made to count, in this candidate's training rows alone. */
        balance: v.optional(
          v.strictObject({ method: text, parameters: v.optional(parameters, {}) }),
        ),
      }),
    ),
    v.minLength(1, 'must hold at least the baseline'),
  ),
  /** The primary metric: picks the best candidate on the validation rows. */
  metric: v.picklist(metricNames),
  /** What rows and labels mean, and what the model must reach. */
  contract: v.optional(termsSchema),
  backend: v.optional(v.picklist(backendChoices), 'auto'),
  evaluation: v.optional(
    v.strictObject({
      /** Bootstrap resamples behind each 95% interval. */
      resamples: v.optional(
        v.pipe(
          v.number(),
          v.integer('must be an integer'),
          v.minValue(100, 'must be at least 100'),
          v.maxValue(10_000, 'must be at most 10000'),
        ),
        1000,
      ),
    }),
    {},
  ),
});

/** Defaults of the split follow from the task: rows of a query stay together, and a text is cut by place, where nothing else is said. */
export const specSchema = v.pipe(
  documentSchema,
  v.transform((spec) => ({ ...spec, split: usualSplit(spec) })),
);

function usualSplit({ task, query, split }: v.InferOutput<typeof documentSchema>) {
  const { method, by, ...others } = split;
  const isByQuery = method === undefined && task === 'ranking' && query !== undefined;
  const column = by ?? (isByQuery ? query : undefined);
  const alone: SplitMethodName = task === 'language' ? 'place' : 'random';
  const usual: SplitMethodName = isByQuery ? 'group' : alone;
  return {
    method: method ?? usual,
    ...(column === undefined ? {} : { by: column }),
    ...others,
    stratify: others.stratify ?? task === 'classification',
  };
}

/** A spec with every default filled in. */
export type Spec = v.InferOutput<typeof specSchema>;
export type SpecSource = Spec['data']['source'];
export type SpecStep = Spec['steps'][number];
export type SpecCandidate = Spec['candidates'][number];
export type Balance = NonNullable<SpecCandidate['balance']>;
