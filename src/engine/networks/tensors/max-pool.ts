import * as tf from '@tensorflow/tfjs-core';
import type { MaxPoolLayer } from '#core/networks/layer.ts';
import type { TensorLayerKind } from './tensor-layer.ts';

export const maxPool: TensorLayerKind<MaxPoolLayer> = {
  forward: (input) => tf.maxPool(input as tf.Tensor4D, 2, 2, 'valid'),
};
