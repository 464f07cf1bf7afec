import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import type { TargetRows } from './loss.ts';
import type { Stack } from './stack.ts';

/** Rows and targets in the kernels' memory. */
export interface HeldRows extends TargetRows {
  readonly rows: number;
  readonly features: Address;
  /** Of a row's target. */
  readonly targetBytes: number;
}

export function holdRows(
  stack: Stack,
  { features, target, task, weights: given }: TrainingData,
  { reconstructs, continues }: NetworkPlan,
): HeldRows {
  const { memory } = stack.machine;
  const { rows } = features;
  const held = memory.take(4 * rows * stack.input.width);
  stack.place(features, 0, rows, held);
  if (reconstructs === true) {
    return { rows, features: held, targets: held, weights: 0, targetBytes: 4 * stack.input.width };
  }
  if (continues === true) {
    if (features.values.some(Number.isNaN)) throw new RangeError('a window lacks a character');
    const codes = memory.take(4 * rows * features.width);
    memory.uint32(codes, rows * features.width).set(features.values);
    return { rows, features: held, targets: codes, weights: 0, targetBytes: 4 * features.width };
  }
  const targets = memory.take(4 * rows);
  const isClasses = task === 'classification';
  const view = isClasses ? memory.uint32(targets, rows) : memory.float32(targets, rows);
  view.set(target);
  const weights = given === undefined ? 0 : memory.take(4 * rows);
  if (given !== undefined) memory.float32(weights, rows).set(given);
  return { rows, features: held, targets, weights, targetBytes: 4 };
}
