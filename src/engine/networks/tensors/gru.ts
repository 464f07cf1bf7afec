import * as tf from '@tensorflow/tfjs-core';
import type { GruLayer } from '#core/networks/layer.ts';
import { sequenceOf } from '#core/networks/window.ts';
import type { TensorLayerKind } from './tensor-layer.ts';

export const gru: TensorLayerKind<GruLayer> = {
  forward(input, { units, gives }, { placed, tensor }) {
    const [length, channels] = sequenceOf(placed.input);
    const kernel = tf.reshape<tf.Rank.R2>(tensor('kernel'), [channels, 3 * units]);
    const stateKernel = tf.reshape<tf.Rank.R2>(tensor('state_kernel'), [units, 3 * units]);
    const positions = tf.reshape<tf.Rank.R2>(input, [-1, channels]);
    const sums = tf.add<tf.Tensor2D>(
      tf.matMul(positions, kernel),
      tf.reshape(tensor('bias'), [3 * units]),
    );
    let state = tf.zeros<tf.Rank.R2>([input.shape[0], units]);
    const states = alongPositions(sums, length).map((given) => {
      state = next(given, tf.matMul(state, stateKernel), tensor('state_bias'), state);
      return state;
    });
    return gives === 'all' ? tf.stack(states, 1) : state;
  },
};

/** Sums of all positions [rows · length, width] as those of each, [rows, width]. */
function alongPositions(sums: tf.Tensor2D, length: number): tf.Tensor2D[] {
  // The way back of unstacking a single one fails in tfjs.
  if (length === 1) return [sums];
  const [, width] = sums.shape;
  return tf.unstack(tf.reshape(sums, [-1, length, width]), 1) as tf.Tensor2D[];
}

/** @param given and @param sums [rows, 3 · units]: over the input, and over the state before */
function next(
  given: tf.Tensor2D,
  sums: tf.Tensor2D,
  bias: tf.Tensor,
  before: tf.Tensor2D,
): tf.Tensor2D {
  const [update, reset, candidate] = thirds(given);
  const [byUpdate, byReset, byCandidate] = thirds(sums);
  const share = tf.sigmoid(tf.add(update, byUpdate));
  const kept = tf.mul(tf.sigmoid(tf.add(reset, byReset)), tf.add(byCandidate, bias));
  const other = tf.tanh(tf.add(candidate, kept));
  return tf.add(tf.mul(tf.sub(1, share), other), tf.mul(share, before));
}

type Groups = readonly [update: tf.Tensor, reset: tf.Tensor, candidate: tf.Tensor];

function thirds(sums: tf.Tensor2D): Groups {
  // Three, as asked for: its type does not say how many.
  return tf.split(sums, 3, 1) as unknown as Groups;
}
