import * as v from 'valibot';
import { contractForecastSchema, windowSchema } from './forecast.ts';
import { pinsSchema } from './pins.ts';
import { imagePreprocessingSchema } from '#core/images/preprocessing.ts';
import { inputTypes, metricNames, tasks } from './spec.ts';
import { termsSchema } from './terms.ts';

/**
 * The contract: what the model takes and gives. It travels inside the ONNX file's metadata, so that
 * `predict`, the prediction form and a server all read rows the way training did.
 */
const contractInputSchema = v.strictObject({
  /** Column name in the data. */
  name: v.string(),
  /**
   * Name of the graph's input tensor, shape [N, 1], [N, window.rows] of a forecast, or [N, height, width, channels] of
   * images; differs from `name` only where that is taken.
   */
  tensor: v.string(),
  type: v.picklist(inputTypes),
  dtype: v.picklist(['float32', 'float64', 'string']),
  missing: v.array(v.string()),
  /** What parts whole digits from decimals; a point when absent (numeric). */
  decimal: v.optional(v.picklist(['.', ','])),
  /** Which of two numbers in a date is the day; the month comes first when absent (datetime). */
  dates: v.optional(v.picklist(['day_first', 'month_first'])),
  /** Whether only integers are allowed (numeric). */
  integer: v.optional(v.boolean()),
  /** The categories there may be, lowest first (ordinal columns, which are categorical inputs). */
  order: v.optional(v.array(v.string())),
  /** Texts are folded when read: NFKC, single spaces, lower case (categorical, text). */
  fold: v.optional(v.boolean()),
  /** Every text is read as `(masked)` (categorical). */
  masked: v.optional(v.boolean()),
  /** Every text is read as the first 16 digits of SHA-256 over this and itself (categorical). */
  salt: v.optional(v.string()),
  /** Texts are read as they stand, white space at their ends too (text). */
  verbatim: v.optional(v.literal(true)),
  /** What is pinned: a row that breaks it is refused. All that follows was merely seen in training. */
  allowed: v.optional(pinsSchema),
  /** Of a forecast: the last values that the model takes, oldest first, and what the graph makes of them. */
  window: v.optional(windowSchema),
  /** What becomes of a file before it is the tensor (image): no graph decodes files, so this is named here. */
  preprocessing: v.optional(imagePreprocessingSchema),
  /** The network in the model that reads features from it, which somebody brought (image). */
  extractor: v.optional(
    v.strictObject({
      /** Name of its file. */
      file: v.string(),
      sha256: v.string(),
      bytes: v.number(),
      /** Numbers that it gives of an image. */
      features: v.number(),
    }),
  ),
  /** Smallest and largest training value (numeric). */
  range: v.optional(v.strictObject({ min: v.number(), max: v.number() })),
  /** Up to 50 most frequent training values, most frequent first (categorical). */
  categories: v.optional(v.array(v.string())),
  /** Earliest and latest training date, in ISO 8601 (datetime). */
  period: v.optional(v.strictObject({ from: v.string(), to: v.string() })),
  /** What a form shows at first: the training median or most frequent value, and of texts none: they may be anybody's. */
  example: v.union([v.number(), v.string()]),
});

export const CONTRACT_VERSION = 1;

export const contractSchema = v.strictObject({
  version: v.literal(CONTRACT_VERSION),
  name: v.string(),
  task: v.picklist(tasks),
  target: v.strictObject({
    name: v.string(),
    missing: v.array(v.string()),
    /** Class labels, or characters, in the order of `probabilities` (classification, language). */
    classes: v.optional(v.array(v.string())),
    /** Mean and standard deviation of the training target (regression). */
    mean: v.optional(v.number()),
    standardDeviation: v.optional(v.number()),
  }),
  inputs: v.array(contractInputSchema),
  /** Features that the steps make of them, where these are so many that rows go through the graph few at a time. */
  features: v.optional(v.number()),
  /** Of a ranking: the column that says which rows are ranked against one another, read as texts. */
  query: v.optional(v.strictObject({ name: v.string(), missing: v.array(v.string()) })),
  /** What rows a forecast is made from, and for when. */
  forecast: v.optional(contractForecastSchema),
  primaryMetric: v.picklist(metricNames),
  /** What rows and labels mean, and what the model must reach, where somebody said so. */
  terms: v.optional(termsSchema),
});

export type ContractInput = v.InferOutput<typeof contractInputSchema>;
export type Contract = v.InferOutput<typeof contractSchema>;
