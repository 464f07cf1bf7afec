import { inputError } from '#core/errors.ts';
import type { Contract } from '#core/spec/contract.ts';
import { PARITY_TOLERANCE } from './parity-tolerance.ts';

/**
 * How many deviations a target's mean may be away from 0. The graph answers (z + mean ÷ deviation) · deviation in 64-bit
 * numbers: the quotient, the sum and the product are rounded by half a unit in the last place each, which there are up to
 * 1.5 · 2⁻⁵² of so many deviations. Half of what parity allows is left for the model itself.
 */
export const MOST_DEVIATIONS = PARITY_TOLERANCE / 2 / (1.5 * Number.EPSILON);

/**
 * Refuses a target of values so far from 0, beside what they differ by, that the exported model could not tell its answers.
 * @param trainTarget its values in the training rows
 * @throws TerrariumError naming the column, its mean and its deviation in the training rows
 */
export function refuseFarTarget(
  { task, target }: Pick<Contract, 'task' | 'target'>,
  trainTarget: Float64Array,
): void {
  const { name, mean = 0, standardDeviation = 1 } = target;
  const deviations = Math.abs(mean) / standardDeviation;
  if (task !== 'regression' || deviations <= MOST_DEVIATIONS) return;
  // Where it has no deviation its mean is what all answers are.
  if (trainTarget.every((value) => value === trainTarget[0])) return;
  throw inputError(
    'target_far_from_zero',
    `The target "${name}" has the mean ${mean} and the deviation ${standardDeviation} in the training rows: ${deviations.toExponential(1)} deviations away from 0, 64-bit numbers hold too few digits of a model's answers.`,
    'Subtract a constant near the mean from the column before it is read, such as its smallest value, or predict the difference from a value that is known.',
    { path: 'target', column: name, mean, standardDeviation },
  );
}
