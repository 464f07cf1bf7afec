import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import type { Stack } from './stack.ts';

/** Rows and targets in the kernels' memory. */
export interface HeldRows {
  readonly rows: number;
  readonly features: Address;
  /** uint32 classes, float32 values, or the features themselves. */
  readonly targets: Address;
  /** Of a row's target. */
  readonly targetBytes: number;
}

export function holdRows(
  stack: Stack,
  { features, target, task }: TrainingData,
  { reconstructs }: NetworkPlan,
): HeldRows {
  const { memory } = stack.machine;
  const { rows } = features;
  const held = memory.take(4 * rows * stack.input.width);
  stack.place(features, 0, rows, held);
  if (reconstructs === true) {
    return { rows, features: held, targets: held, targetBytes: 4 * stack.input.width };
  }
  const targets = memory.take(4 * rows);
  const isClasses = task === 'classification';
  const view = isClasses ? memory.uint32(targets, rows) : memory.float32(targets, rows);
  view.set(target);
  return { rows, features: held, targets, targetBytes: 4 };
}
