import * as v from 'valibot';

const text = v.pipe(v.string(), v.nonEmpty('must not be empty'));
const finite = v.pipe(v.number(), v.finite('must be a finite number'));
const positive = v.pipe(finite, v.gtValue(0, 'must be more than 0'));

/** What a contract says beside its columns: what rows and labels mean, and what the model must reach. */
export const termsSchema = v.strictObject({
  /** What one row stands for. */
  row: v.optional(text),
  /** What the label means, and how it is decided. */
  label: v.optional(text),
  /** Of the primary metric on the test rows: at least this, or at most where smaller is better. */
  threshold: v.optional(finite),
  /** Milliseconds that 95% of predictions of one row may take at most. */
  latencyMs: v.optional(positive),
  /** Rows that a batch must predict in each second. */
  rowsPerSecond: v.optional(positive),
});
export type Terms = v.InferOutput<typeof termsSchema>;
