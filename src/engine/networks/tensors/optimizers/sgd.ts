import * as tf from '@tensorflow/tfjs-core';
import { slopeOf, type OptimizerSite, type TensorOptimizer } from './optimizer.ts';
import { Remembered } from './remembered.ts';

/** Gradient descent with momentum, as the kernels' (core/kernels/assembly/networks/sgd.ts). */
export function sgd({ trained, settings }: OptimizerSite): TensorOptimizer {
  const velocities = new Remembered('velocity', trained);
  const { momentum, nesterov, penalty } = settings;
  return {
    step(gradients, rate) {
      for (const [i, one] of trained.entries()) {
        const velocity = velocities.at(i);
        const slope = slopeOf(one, gradients, penalty);
        velocity.assign(tf.add(tf.mul(velocity, momentum), slope));
        const move = nesterov ? tf.add(slope, tf.mul(velocity, momentum)) : velocity;
        one.variable.assign(tf.sub(one.variable, tf.mul(move, rate)));
      }
    },
    state: () => velocities.state(),
    restore: (state) => {
      velocities.restore(state);
    },
    free: () => {
      velocities.free();
    },
  };
}
