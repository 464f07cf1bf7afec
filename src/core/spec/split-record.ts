import * as v from 'valibot';
import { splitMethodNames } from './spec.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

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

export type FoldRecord = v.InferOutput<typeof foldRecordSchema>;
export type SplitRecord = v.InferOutput<typeof splitRecordSchema>;
