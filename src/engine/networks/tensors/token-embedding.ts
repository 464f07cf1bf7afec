import * as tf from '@tensorflow/tfjs-core';
import type { TokenEmbeddingLayer } from '#core/networks/layer.ts';
import type { TensorLayerKind } from './tensor-layer.ts';

/** Places that are added up by one product, each of which takes a row of zeros and a one. */
const MOST_PLACES = 1024;
/** Numbers in the rows of zeros and a one of such a product. */
const MOST_NUMBERS = 16_000_000;

export const tokenEmbedding: TensorLayerKind<TokenEmbeddingLayer> = {
  forward(input, { size }, { tensor }) {
    const codes = tf.reshape(input, [-1]);
    const places = tf.cast<tf.Tensor1D>(tf.maximum(tf.sub(codes, 1), 0), 'int32');
    const holds = tf.cast(tf.greater(codes, 0), 'float32');
    const found = lookUp(tensor('vectors') as tf.Tensor as tf.Tensor2D, places);
    return tf.reshape(tf.mul(found, tf.expandDims(holds, 1)), [...input.shape, size]);
  },
};

/** Rows of a table, [places, size], with a way back that adds in a fixed order, as tfjs's own does not. */
function lookUp(table: tf.Tensor2D, places: tf.Tensor1D): tf.Tensor {
  const look = tf.customGrad((vectors, save) => {
    (save as tf.GradSaveFunc)([places]);
    return {
      value: tf.gather(vectors as tf.Tensor2D, places),
      gradFunc: (given: tf.Tensor, [saved]: tf.Tensor[]) => {
        const added = tf.getBackend() === 'webgpu' ? addedByProducts : scattered;
        return added(given as tf.Tensor2D, saved as tf.Tensor1D, table.shape[0]);
      },
    };
  });
  return look(table);
}

/** Adds each row at its place among so many: one after the other, but on webgpu in no fixed order. */
export function scattered(given: tf.Tensor2D, places: tf.Tensor1D, rows: number): tf.Tensor2D {
  return tf.scatterND(tf.expandDims(places, 1), given, [rows, given.shape[1]]);
}

/** The same by products with rows of zeros and a one, some places at a time. */
export function addedByProducts(
  given: tf.Tensor2D,
  places: tf.Tensor1D,
  rows: number,
): tf.Tensor2D {
  const [count, size] = given.shape;
  const most = Math.max(1, Math.min(MOST_PLACES, Math.floor(MOST_NUMBERS / rows)));
  let sum = tf.zeros<tf.Rank.R2>([rows, size]);
  for (let from = 0; from < count; from += most) {
    const length = Math.min(most, count - from);
    const hot = tf.oneHot(tf.slice(places, from, length), rows, 1, 0, 'float32') as tf.Tensor2D;
    sum = tf.add(sum, tf.matMul(hot, tf.slice(given, [from, 0], [length, size]), true));
  }
  return sum;
}
