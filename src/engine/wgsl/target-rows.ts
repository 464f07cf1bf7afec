import type { TrainingData } from '#core/models/estimator.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';

/** Whether a row's target is a share of each class, since rows are mixed, and not its class. */
export function sharesClasses({ task, augmentation }: NetworkPlan): boolean {
  return task === 'classification' && (augmentation?.mixUp ?? 0) > 0;
}

/** float32 [rows]: classes, or values; [rows, outputs] shares of the classes where rows are mixed. */
export function targetRows(
  { target, outputs }: Pick<TrainingData, 'target' | 'outputs'>,
  plan: NetworkPlan,
): Float32Array {
  if (!sharesClasses(plan)) return Float32Array.from(target);
  const shares = new Float32Array(target.length * outputs);
  for (const [row, label] of target.entries()) shares[row * outputs + label] = 1;
  return shares;
}
