import type * as tf from '@tensorflow/tfjs-core';

/** A tensor's numbers, after which it is gone, also where its device cannot give them. */
export async function readOnce(tensor: tf.Tensor): Promise<ArrayLike<number>> {
  try {
    return await tensor.data();
  } finally {
    tensor.dispose();
  }
}
