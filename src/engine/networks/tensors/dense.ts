import * as tf from '@tensorflow/tfjs-core';
import { sizeOf, type DenseLayer } from '#core/networks/layer.ts';
import type { TensorLayerKind } from './tensor-layer.ts';

export const dense: TensorLayerKind<DenseLayer> = {
  forward(input, { bias }, { placed, tensor }) {
    const rows = tf.reshape(input, [-1, sizeOf(placed.input)]);
    const sums = tf.matMul(rows, tensor('kernel'));
    return bias === false ? sums : tf.add(sums, tensor('bias'));
  },
};
