import * as v from 'valibot';
import { keptCost } from './cost-meter.ts';

const epochEvent = v.object({
  epoch: v.number(),
  epochs: v.number(),
  trainLoss: v.number(),
  validationLoss: v.nullable(v.number()),
  validationScore: v.nullable(v.number()),
  learningRate: v.number(),
});

const position = v.object({
  /** Counted from 1. */
  epoch: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Batches of the epoch that are done. */
  batch: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** The sum of their rows' losses. */
  lossSum: v.number(),
  /** Milliseconds of training so far, without pauses. */
  workedMs: v.number(),
  /** Mean loss of a row of the very first batch; null before that. */
  firstLoss: v.nullable(v.number()),
  best: v.nullable(v.object({ loss: v.number(), epoch: v.number() })),
  curve: v.array(epochEvent),
  /** Null before the first checkpoint. */
  cost: v.nullable(keptCost),
});

/** Where a training stands. */
export type Position = Readonly<v.InferOutput<typeof position>>;

export const START: Position = {
  epoch: 1,
  batch: 0,
  lossSum: 0,
  workedMs: 0,
  firstLoss: null,
  best: null,
  curve: [],
  cost: null,
};

/** @throws ValiError where it is no position */
export function readPosition(kept: unknown): Position {
  return v.parse(position, kept);
}
