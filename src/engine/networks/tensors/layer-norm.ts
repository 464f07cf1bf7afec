import * as tf from '@tensorflow/tfjs-core';
import type { LayerNormLayer } from '#core/networks/layer.ts';
import { VARIANCE_FLOOR } from '#core/networks/layers/layer-norm.ts';
import type { TensorLayerKind } from './tensor-layer.ts';

export const layerNorm: TensorLayerKind<LayerNormLayer> = {
  forward: (input, _, { tensor }) => normalized(input, tensor('scale'), tensor('offset')),
};

/** Along the last axis. */
export function normalized(input: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor): tf.Tensor {
  const away = tf.sub(input, tf.mean(input, -1, true));
  const variance = tf.mean(tf.square(away), -1, true);
  const own = tf.mul(away, tf.rsqrt(tf.add(variance, VARIANCE_FLOOR)));
  return tf.add(tf.mul(own, scale), offset);
}
