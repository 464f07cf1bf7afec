import * as tf from '@tensorflow/tfjs-core';
import { dropMask } from '#core/networks/drop-mask.ts';
import type { DropoutLayer } from '#core/networks/layer.ts';
import type { TensorLayerKind } from './tensor-layer.ts';

export const dropout: TensorLayerKind<DropoutLayer> = {
  forward(input, { share }, { placed, pass, seed }) {
    if (pass.step === null) return input;
    const place = { seed, step: pass.step, layer: placed.index };
    return tf.mul(input, tf.tensor(dropMask(place, input.size, share), input.shape));
  },
};
