import * as tf from '@tensorflow/tfjs-core';
import type { BatchNormLayer } from '#core/networks/layer.ts';
import { RUNNING_SHARE, VARIANCE_FLOOR } from '#core/networks/layers/batch-norm.ts';
import type { TensorLayerKind, TensorSite } from './tensor-layer.ts';

export const batchNorm: TensorLayerKind<BatchNormLayer> = {
  forward(input, _, site) {
    const { tensor, pass } = site;
    const axes = input.shape.map((_size, i) => i).slice(0, -1);
    const count = input.size / (input.shape.at(-1) ?? 1);
    const runs = pass.step === null || count === 1;
    const mean = runs ? tensor('mean') : tf.mean(input, axes);
    const away = tf.sub(input, mean);
    const variance = runs ? tensor('variance') : tf.mean(tf.square(away), axes);
    if (!runs) run(site, mean, tf.mul(variance, count / (count - 1)));
    const normalized = tf.div(away, tf.sqrt(tf.add(variance, VARIANCE_FLOOR)));
    return tf.add(tf.mul(normalized, tensor('scale')), tensor('offset'));
  },
};

/** Moves the running means towards the batch's. */
function run({ tensor }: TensorSite, mean: tf.Tensor, variance: tf.Tensor): void {
  const towards = (running: tf.Variable, batch: tf.Tensor): void => {
    const kept = tf.mul(running, 1 - RUNNING_SHARE);
    running.assign(tf.add(kept, tf.mul(batch, RUNNING_SHARE)));
  };
  towards(tensor('mean'), mean);
  towards(tensor('variance'), variance);
}
