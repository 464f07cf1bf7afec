import { spansOf, type KernelOptimizer, type OptimizerSite } from './optimizer.ts';
import { Remembered } from './remembered.ts';

/** Gradient descent with momentum; the penalty on weights is part of the gradient. */
export function sgd({ machine, arena, settings }: OptimizerSite): KernelOptimizer {
  const velocities = new Remembered('velocities', machine.memory, arena);
  const spans = spansOf(arena, settings.penalty);
  const { momentum, nesterov } = settings;
  return {
    step(rate) {
      for (const { from, count, penalty } of spans) {
        const offset = 4 * from;
        machine.kernels.sgd(
          arena.at + offset,
          arena.gradients + offset,
          velocities.at + offset,
          count,
          rate,
          penalty,
          momentum,
          Number(nesterov),
        );
      }
    },
    state: () => velocities.state(),
    restore: (state) => {
      velocities.restore(state);
    },
  };
}
