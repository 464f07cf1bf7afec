import * as tf from '@tensorflow/tfjs-core';
import type { PlaceDenseLayer } from '#core/networks/layer.ts';
import type { TensorLayerKind } from './tensor-layer.ts';

export const placeDense: TensorLayerKind<PlaceDenseLayer> = {
  forward: (input, _, { tensor }) => product(input, tensor('kernel'), tensor('bias')),
};

/** [rows, places, inputs] · kernel + bias */
export function product(input: tf.Tensor, kernel: tf.Tensor, bias?: tf.Tensor): tf.Tensor {
  const [inputs = 0, units = 0] = kernel.shape;
  const sums = tf.matMul(tf.reshape(input, [-1, inputs]), kernel);
  const all = bias === undefined ? sums : tf.add(sums, bias);
  return tf.reshape(all, [...input.shape.slice(0, -1), units]);
}
