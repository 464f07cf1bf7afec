import type { Task } from '#core/spec/spec.ts';
import type { Layer, Shape } from './layer.ts';

/** What a network is made of: layers one behind the other. The last one's numbers are logits, or a standardized value. */
export interface NetworkPlan {
  readonly input: Shape;
  readonly layers: readonly Layer[];
  readonly task: Task;
  readonly outputs: number;
}
