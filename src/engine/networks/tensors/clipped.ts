import * as tf from '@tensorflow/tfjs-core';

/**
 * Gradients that are no longer than `most`, all together as one vector; 0 leaves them. As the kernels' (clip-factor.ts),
 * but that nothing is read back. Call inside a tidy.
 */
export function clipped(gradients: tf.NamedTensorMap, most: number): tf.NamedTensorMap {
  if (most === 0) return gradients;
  // One by one: a shader of webgpu takes few tensors at once, and tf.addN gives it all of them.
  const squares = Object.values(gradients).map((one) => tf.sum(tf.square(one)));
  const length = tf.sqrt(squares.reduce((sum, one) => tf.add(sum, one)));
  const factor = tf.minimum(1, tf.div(most, tf.add(length, 1e-6)));
  return Object.fromEntries(
    Object.entries(gradients).map(([name, one]) => [name, tf.mul(one, factor)]),
  );
}
