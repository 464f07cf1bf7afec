import * as tf from '@tensorflow/tfjs-core';
import type { AttentionPoolLayer } from '#core/networks/layer.ts';
import { NO_SCORE } from '#core/networks/layers/attention-pool.ts';
import type { TensorLayerKind } from './tensor-layer.ts';

export const attentionPool: TensorLayerKind<AttentionPoolLayer> = {
  forward(input, _, { tensor }) {
    const scores = tf.sum(tf.mul(input, tensor('query')), 2);
    const holds = tf.sign(tf.max(tf.abs(input), 2));
    const told = tf.add(scores, tf.mul(tf.sub(1, holds), NO_SCORE));
    const shares = tf.mul(tf.softmax(told), holds);
    return tf.sum(tf.mul(input, tf.expandDims(shares, 2)), 1);
  },
};
