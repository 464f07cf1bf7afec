import {
  activation,
  batchNormalization,
  elu,
  leakyRelu,
  prelu,
  relu,
  softmax,
} from './activations.ts';
import { conv2d, dense, depthwiseConv2d, separableConv2d } from './convolutions.ts';
import type { Layer } from './layer.ts';
import { globalPooling2d, pooling2d } from './poolings.ts';
import {
  concatenated,
  flattened,
  merged,
  rescaling,
  reshaped,
  unchanged,
  zeroPadding2d,
} from './shapes.ts';

/** Keras's layers that networks for images are made of and that TensorFlow.js computes, by their classes. */
export const layers: ReadonlyMap<string, Layer> = new Map([
  ['Conv2D', conv2d],
  ['DepthwiseConv2D', depthwiseConv2d],
  ['SeparableConv2D', separableConv2d],
  ['Dense', dense],
  ['BatchNormalization', batchNormalization],
  ['Activation', activation],
  ['ReLU', relu],
  ['LeakyReLU', leakyRelu],
  ['PReLU', prelu],
  ['ELU', elu],
  ['Softmax', softmax],
  ['MaxPooling2D', pooling2d('MaxPool')],
  ['AveragePooling2D', pooling2d('AveragePool')],
  ['GlobalMaxPooling2D', globalPooling2d('GlobalMaxPool')],
  ['GlobalAveragePooling2D', globalPooling2d('GlobalAveragePool')],
  ['ZeroPadding2D', zeroPadding2d],
  ['Flatten', flattened],
  ['Reshape', reshaped],
  ['Rescaling', rescaling],
  ['Add', merged('Add')],
  ['Multiply', merged('Mul')],
  ['Maximum', merged('Max')],
  ['Minimum', merged('Min')],
  ['Average', merged('Add', true)],
  ['Concatenate', concatenated],
  ['Dropout', unchanged],
  ['SpatialDropout2D', unchanged],
  ['GaussianNoise', unchanged],
  ['GaussianDropout', unchanged],
  ['AlphaDropout', unchanged],
  ['ActivityRegularization', unchanged],
]);
