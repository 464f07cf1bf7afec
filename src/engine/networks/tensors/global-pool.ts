import * as tf from '@tensorflow/tfjs-core';
import type { GlobalPoolLayer } from '#core/networks/layer.ts';
import { sequenceOf } from '#core/networks/window.ts';
import type { TensorLayerKind } from './tensor-layer.ts';

export const globalPool: TensorLayerKind<GlobalPoolLayer> = {
  forward(input, layer, { placed }) {
    if (layer.function === 'mean') return tf.mean(input, 1);
    // The way back of a pool goes to the first of equal numbers, that of tf.max to each of them.
    const [length, channels] = sequenceOf(placed.input);
    const lines = tf.reshape<tf.Rank.R4>(input, [-1, length, 1, channels]);
    return tf.reshape(tf.maxPool(lines, [length, 1], 1, 'valid'), [-1, channels]);
  },
};
