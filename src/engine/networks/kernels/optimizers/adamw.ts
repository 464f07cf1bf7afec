import { Adam } from './adam.ts';
import type { KernelOptimizer, OptimizerSite } from './optimizer.ts';

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, 2019): at each step penalized numbers first lose their
 * rate · penalty-th part, which the running means know nothing of.
 */
export function adamw(site: OptimizerSite): KernelOptimizer {
  const { machine, arena, settings } = site;
  const adam = new Adam(site, 0);
  return {
    step(rate) {
      machine.kernels.scale(arena.at, arena.penalized, 1 - rate * settings.penalty);
      adam.step(rate);
    },
    state: () => adam.state(),
    restore: (state, step) => {
      adam.restore(state, step);
    },
  };
}
