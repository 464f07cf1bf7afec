import * as v from 'valibot';

/** What a training cost beside its work; wall-clock numbers, which no replay compares. */
export const trainingCostSchema = v.strictObject({
  /** Milliseconds from its beginning to its end by the clock on the wall, with pauses and interruptions. */
  wallMs: v.number(),
  /** Milliseconds that the GPU worked, by its own clock. */
  deviceMs: v.exactOptional(v.number()),
  /** Measured: the most at any time of the kernels, of tensors, or of the GPU. */
  memory: v.strictObject({
    of: v.picklist(['kernels', 'tensors', 'gpu']),
    peakBytes: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
});

/** A point of the training curve. */
export const curvePointSchema = v.strictObject({
  epoch: v.pipe(v.number(), v.integer(), v.minValue(0)),
  trainLoss: v.number(),
  validationLoss: v.nullable(v.number()),
  /** Of a network: accuracy, R², perplexity or reconstruction error on the validation rows. */
  validationScore: v.exactOptional(v.nullable(v.number())),
  /** Of a network: that of the epoch's last step. */
  learningRate: v.exactOptional(v.number()),
});
