import type { FeatureMatrix } from '#core/features/matrix.ts';
import { Breather } from '#core/breather.ts';
import { weightOf, weightOfType, type WeightTensor } from '../weight-tensor.ts';
import { closest } from './closest.ts';
import type { Rule } from './rule.ts';

/**
 * Mean targets or shares of classes over the k closest kept rows, [rows, outputs].
 * @param weights as `keepRows` gives them
 */
export async function answersOf(
  { rows, width, values }: FeatureMatrix,
  weights: readonly WeightTensor[],
  { k, byDistance, euclidean }: Rule,
  outputs: number,
): Promise<Float32Array> {
  const kept = weightOf(weights, 'features').values;
  const targets = weightOfType(weights, 'targets', Float64Array).values;
  const counts = weights.some(({ name }) => name === 'counts')
    ? weightOfType(weights, 'counts', Float64Array).values
    : null;
  const answers = new Float32Array(rows * outputs);
  const breather = new Breather();
  for (let i = 0; i < rows; i += 1) {
    await breather.breathe();
    const row = values.subarray(i * width, (i + 1) * width);
    const { places, sums } = closest(row, kept, targets.length, k, euclidean);
    const votes = byDistance ? nearness(sums, euclidean) : new Float64Array(places.length).fill(1);
    if (counts !== null) {
      for (const [n, place] of places.entries()) votes[n] = (votes[n] ?? 0) * (counts[place] ?? 0);
    }
    const answer = new Float64Array(outputs);
    let total = 0;
    for (const [n, place] of places.entries()) {
      const vote = votes[n] ?? 0;
      const target = targets[place] ?? 0;
      total += vote;
      if (outputs === 1) answer[0] = (answer[0] ?? 0) + vote * target;
      else answer[target] = (answer[target] ?? 0) + vote;
    }
    for (const [o, sum] of answer.entries()) answers[i * outputs + o] = sum / total;
  }
  return answers;
}

/** One over each distance; where there are distances of 0, 1 for these and 0 for the others. */
function nearness(sums: Float64Array, euclidean: boolean): Float64Array {
  if (sums[0] === 0) return sums.map((sum) => Number(sum === 0));
  return sums.map((sum) => 1 / (euclidean ? Math.sqrt(sum) : sum));
}
