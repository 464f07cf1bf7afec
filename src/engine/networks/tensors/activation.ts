import * as tf from '@tensorflow/tfjs-core';
import type { ActivationLayer } from '#core/networks/layer.ts';
import type { TensorLayerKind } from './tensor-layer.ts';

export const activation: TensorLayerKind<ActivationLayer> = {
  forward: (input, layer) => (layer.function === 'relu' ? tf.relu(input) : tf.tanh(input)),
};
