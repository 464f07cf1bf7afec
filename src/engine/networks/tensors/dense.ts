import * as tf from '@tensorflow/tfjs-core';
import { sizeOf, type DenseLayer } from '#core/networks/layer.ts';
import type { TensorLayerKind } from './tensor-layer.ts';

export const dense: TensorLayerKind<DenseLayer> = {
  forward(input, _, { placed, tensor }) {
    const rows = tf.reshape(input, [-1, sizeOf(placed.input)]);
    return tf.add(tf.matMul(rows, tensor('kernel')), tensor('bias'));
  },
};
