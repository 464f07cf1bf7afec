import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import type { Stack } from './stack.ts';

/** Rows and targets in the kernels' memory. */
export interface HeldRows {
  readonly rows: number;
  readonly features: Address;
  /** uint32 classes, or float32 values. */
  readonly targets: Address;
}

export function holdRows(stack: Stack, { features, target, task }: TrainingData): HeldRows {
  const { memory } = stack.machine;
  const { rows } = features;
  const held = memory.take(4 * rows * stack.input.width);
  stack.place(features, 0, rows, held);
  const targets = memory.take(4 * rows);
  const isClasses = task === 'classification';
  const view = isClasses ? memory.uint32(targets, rows) : memory.float32(targets, rows);
  view.set(target);
  return { rows, features: held, targets };
}
