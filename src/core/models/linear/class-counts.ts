import type { TrainingData } from '../estimator.ts';

/**
 * What each row counts, or null where all count 1. Balanced, a row of class k counts n ÷ (classes · n of class k)
 * (King and Zeng, 2001), with the rows' own weights in every count of rows.
 */
export function classCounts(
  { weights, target, outputs }: TrainingData,
  classWeight: string,
): Float64Array | null {
  if (classWeight !== 'balanced') return weights ?? null;
  const ofClass = new Float64Array(outputs);
  for (const [i, label] of target.entries()) {
    ofClass[label] = (ofClass[label] ?? 0) + (weights?.[i] ?? 1);
  }
  const total = ofClass.reduce((sum, count) => sum + count, 0);
  return target.map((label, i) => {
    const own = weights?.[i] ?? 1;
    return own === 0 ? 0 : (own * total) / (outputs * (ofClass[label] ?? 1));
  });
}
