import * as tf from '@tensorflow/tfjs-core';
import type { CodedFeature, EmbeddingLayer } from '#core/networks/layer.ts';
import { otherOf, plainFeatures, vectorsOf } from '#core/networks/layers/embedding.ts';
import type { TensorLayerKind, TensorSite } from './tensor-layer.ts';

export const embedding: TensorLayerKind<EmbeddingLayer> = {
  forward(input, layer, site) {
    const rows = input as tf.Tensor2D;
    const plain = plainFeatures(layer, site.placed.input);
    const vectors = layer.codes.map((code, k) => vectorsIn(rows, code, k, site));
    if (plain.length === 0) return tf.concat(vectors, 1);
    return tf.concat([tf.gather(rows, tf.tensor1d([...plain], 'int32'), 1), ...vectors], 1);
  },
};

/**
 * The vectors of one feature's codes, [rows, size]. In training they are a product with rows of zeros and a one: the way
 * back of a look-up adds in no fixed order on webgpu, and there is none on wasm.
 */
function vectorsIn(
  rows: tf.Tensor2D,
  { feature, categories }: CodedFeature,
  k: number,
  { tensor, pass }: TensorSite,
): tf.Tensor2D {
  const [known, other] = [tensor(vectorsOf(k)) as tf.Tensor2D, tensor(otherOf(k)) as tf.Tensor2D];
  const codes = tf.slice(rows, [0, feature], [-1, 1]);
  if (pass.step === null) {
    const isKnown = tf.logicalAnd(tf.greaterEqual(codes, 0), tf.less(codes, categories));
    const places = tf.cast(tf.where(isKnown, codes, tf.fill(codes.shape, categories)), 'int32');
    return tf.gather(tf.concat2d([known, other], 0), tf.squeeze<tf.Tensor1D>(places, [1]));
  }
  const hot = tf.cast<tf.Tensor2D>(tf.equal(codes, tf.range(0, categories)), 'float32');
  const isOther = tf.sub<tf.Tensor2D>(1, tf.sum(hot, 1, true));
  return tf.add(tf.matMul(hot, known), tf.matMul(isOther, other));
}
