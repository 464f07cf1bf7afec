import type { NetworkMachine } from '#core/kernels/network-kernels.ts';
import type { TrainingSettings } from '#core/networks/training.ts';
import type { Arena } from '#engine/networks/kernels/arena.ts';
import type { NetworkTensors } from '#engine/networks/network.ts';

/** What changes trained tensors by their gradients. */
export interface KernelOptimizer {
  /** @param rate the learning rate of this step */
  step(rate: number): void;
  /** What it remembers. */
  state(): NetworkTensors;
  /** @param step how many there were */
  restore(state: NetworkTensors, step: number): void;
}

/** What an optimizer works on. */
export interface OptimizerSite {
  readonly machine: NetworkMachine;
  readonly arena: Arena;
  readonly settings: TrainingSettings;
}

/** A run of trained numbers, from the arena's beginning, and the penalty on each. */
export interface Span {
  readonly from: number;
  readonly count: number;
  readonly penalty: number;
}

/** The penalized numbers, then the others that are trained. */
export function spansOf({ penalized, trained }: Arena, penalty: number): readonly Span[] {
  return [
    { from: 0, count: penalized, penalty },
    { from: penalized, count: trained - penalized, penalty: 0 },
  ];
}
