import * as tf from '@tensorflow/tfjs-core';
import { Adam } from './adam.ts';
import type { OptimizerSite, TensorOptimizer } from './optimizer.ts';

/** Adam with decoupled weight decay (Loshchilov and Hutter, 2019), as the kernels'. */
export function adamw(site: OptimizerSite): TensorOptimizer {
  const { trained, settings } = site;
  const adam = new Adam(site, 0);
  return {
    step(gradients, rate) {
      const share = 1 - rate * settings.penalty;
      for (const { plan, variable } of trained) {
        if (plan.penalized) variable.assign(tf.mul(variable, share));
      }
      adam.step(gradients, rate);
    },
    state: () => adam.state(),
    restore: (state, step) => {
      adam.restore(state, step);
    },
    free: () => {
      adam.free();
    },
  };
}
