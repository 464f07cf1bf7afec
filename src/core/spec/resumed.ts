import * as v from 'valibot';

/** Where a run went on after it was interrupted. */
export const resumedSchema = v.strictObject({
  /** When it went on. */
  at: v.string(),
  /** The candidate whose training went on from a checkpoint, and its fold from 1; absent where none did. */
  candidate: v.optional(v.string()),
  fold: v.optional(v.number()),
  /** The last epoch that was behind it. */
  epoch: v.optional(v.number()),
});

export type Resumed = v.InferOutput<typeof resumedSchema>;
