import * as tf from '@tensorflow/tfjs-core';
import { dropMask } from '#core/networks/drop-mask.ts';
import { placesOf, type TransformerBlockLayer } from '#core/networks/layer.ts';
import {
  blockDropLayer,
  GELU_CUBE,
  GELU_FACTOR,
  laterPlaces,
} from '#core/networks/layers/transformer-block.ts';
import { normalized } from './layer-norm.ts';
import { product } from './place-dense.ts';
import type { TensorLayerKind, TensorSite } from './tensor-layer.ts';

export const transformerBlock: TensorLayerKind<TransformerBlockLayer> = {
  forward(input, layer, site) {
    const { tensor } = site;
    const first = normalized(input, tensor('first_scale'), tensor('first_offset'));
    const mixed = product(attention(first, layer, site), tensor('out'), tensor('out_bias'));
    const looked = tf.add(input, dropped(mixed, 0, layer, site));
    const second = normalized(looked, tensor('second_scale'), tensor('second_offset'));
    const up = product(second, tensor('up'), tensor('up_bias'));
    const active = layer.activation === 'relu' ? tf.relu(up) : gelu(up);
    const down = product(active, tensor('down'), tensor('down_bias'));
    return tf.add(looked, dropped(down, 1, layer, site));
  },
};

function attention(
  input: tf.Tensor,
  { heads }: TransformerBlockLayer,
  { placed, tensor }: TensorSite,
): tf.Tensor {
  const places = placesOf(placed.input);
  const size = placed.input.at(-1) ?? 0;
  const headsOf = (role: string): tf.Tensor => {
    const all = tf.reshape(product(input, tensor(role)), [-1, places, heads, size / heads]);
    return tf.transpose(all, [0, 2, 1, 3]);
  };
  const scores = tf.matMul(headsOf('query'), headsOf('key'), false, true);
  const mask = tf.tensor2d(laterPlaces(placed.input), [places, places]);
  const shares = tf.softmax(tf.add(tf.mul(scores, 1 / Math.sqrt(size / heads)), mask));
  const seen = tf.transpose(tf.matMul(shares, headsOf('value')), [0, 2, 1, 3]);
  return tf.reshape(seen, [-1, places, size]);
}

function dropped(
  input: tf.Tensor,
  part: 0 | 1,
  { dropout }: TransformerBlockLayer,
  { placed, pass, seed }: TensorSite,
): tf.Tensor {
  if (dropout === 0 || pass.step === null) return input;
  const place = { seed, step: pass.step, layer: blockDropLayer(placed.index, part) };
  return tf.mul(input, tf.tensor(dropMask(place, input.size, dropout), input.shape));
}

function gelu(x: tf.Tensor): tf.Tensor {
  const cube = tf.mul(tf.mul(tf.mul(x, x), x), GELU_CUBE);
  const share = tf.add(tf.tanh(tf.mul(tf.add(x, cube), GELU_FACTOR)), 1);
  return tf.mul(tf.mul(x, 0.5), share);
}
