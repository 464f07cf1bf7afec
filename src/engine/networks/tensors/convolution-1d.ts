import * as tf from '@tensorflow/tfjs-core';
import type { Convolution1dLayer } from '#core/networks/layer.ts';
import type { TensorLayerKind } from './tensor-layer.ts';

export const convolution1d: TensorLayerKind<Convolution1dLayer> = {
  forward(input, { size, stride, padding }, { tensor }) {
    const isCausal = padding === 'causal';
    const given = input as tf.Tensor3D;
    const sequences = isCausal
      ? tf.pad3d(given, [
          [0, 0],
          [size - 1, 0],
          [0, 0],
        ])
      : given;
    const kernel = tensor('kernel') as tf.Tensor as tf.Tensor3D;
    const sums = tf.conv1d(sequences, kernel, stride, isCausal ? 'valid' : padding);
    return tf.add(sums, tensor('bias'));
  },
};
