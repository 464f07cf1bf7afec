import type { Task } from '#core/spec/spec.ts';
import type { Augmentation } from './augmentation/augmentation.ts';
import type { Layer, Shape } from './layer.ts';

/**
 * What a network is made of: layers one behind the other. The last one's numbers are logits, a standardized value, or the
 * row put together again.
 */
export interface NetworkPlan {
  readonly input: Shape;
  readonly layers: readonly Layer[];
  readonly task: Task;
  readonly outputs: number;
  /** Where it learns to give its own input back: a row's loss is the mean squared error of its numbers. */
  readonly reconstructs?: true;
  /** How its training rows, which are images, are changed by chance; not at all where absent. */
  readonly augmentation?: Augmentation;
}
