import * as tf from '@tensorflow/tfjs-core';
import type { ConvolutionLayer } from '#core/networks/layer.ts';
import type { TensorLayerKind } from './tensor-layer.ts';

export const convolution: TensorLayerKind<ConvolutionLayer> = {
  forward(input, { stride, padding, bias }, { tensor }) {
    const images = input as tf.Tensor4D;
    const kernel = tensor('kernel') as tf.Tensor as tf.Tensor4D;
    const sums = tf.conv2d(images, kernel, stride, padding);
    return bias === false ? sums : tf.add(sums, tensor('bias'));
  },
};
