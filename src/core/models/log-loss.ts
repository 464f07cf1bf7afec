import { ln } from '#core/math.ts';

/** What a probability counts at least, so that a class thought impossible leaves the mean finite. */
const LEAST = 1e-300;

/** Mean cross-entropy in nats of probabilities [rows, outputs], or null without rows. */
export function logLoss(
  probabilities: ArrayLike<number>,
  target: Float64Array,
  outputs: number,
): number | null {
  if (target.length === 0) return null;
  let sum = 0;
  for (const [i, label] of target.entries()) {
    sum -= ln(Math.max(probabilities[i * outputs + label] ?? 0, LEAST));
  }
  return sum / target.length;
}
