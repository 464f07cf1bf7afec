import * as tf from '@tensorflow/tfjs-core';
import { placesOf, type CharactersLayer } from '#core/networks/layer.ts';
import type { TensorLayerKind } from './tensor-layer.ts';

/** In the place of a code where there is none; no NaN, which a shader need not tell from a number. */
const NO_CODE = -1;

/**
 * Vectors of the characters before each place, and of the places: [rows, places, size]. A product with rows of zeros and a
 * one, as categories have it: a look-up has no way back that adds in a fixed order everywhere.
 */
export const characters: TensorLayerKind<CharactersLayer> = {
  forward(input, { characters: count, size }, { placed, tensor }) {
    const places = placesOf(placed.input);
    const codes = input as tf.Tensor2D;
    const before = tf.concat2d(
      [tf.fill([codes.shape[0], 1], NO_CODE), tf.slice2d(codes, [0, 0], [-1, places - 1])],
      1,
    );
    const hot = tf.cast(tf.equal(tf.expandDims(before, 2), tf.range(0, count)), 'float32');
    const isNone = tf.sub(1, tf.sum(hot, 2, true));
    const all = tf.reshape(tf.concat([hot, isNone], 2), [-1, count + 1]);
    const table = tf.concat([tensor('vectors'), tensor('beginning')], 0);
    const vectors = tf.reshape(tf.matMul(all, table), [-1, places, size]);
    return tf.add(vectors, tensor('places'));
  },
};
