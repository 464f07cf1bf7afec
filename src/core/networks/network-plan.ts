import type { Task } from '#core/spec/spec.ts';
import type { Augmentation } from './augmentation/augmentation.ts';
import type { Layer, Shape } from './layer.ts';

/**
 * What a network is made of: layers one behind the other. The last one's numbers are logits, a standardized value, the
 * row put together again, or logits at each place of a text.
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
  /**
   * Where rows are texts in codes, and it learns at each place which character stands there: a row's loss is the mean
   * cross-entropy of its places. `outputs` is how many characters there are.
   */
  readonly continues?: true;
}
