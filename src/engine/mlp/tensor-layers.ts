import * as tf from '@tensorflow/tfjs-core';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { TrainingData, WeightTensor } from '#core/models/estimator.ts';
import type { Activation } from './mlp-network.ts';

/** The variables of a fully connected network, layer by layer. */
export interface Layer {
  readonly kernel: tf.Variable<tf.Rank.R2>;
  readonly bias: tf.Variable<tf.Rank.R1>;
}

/** @param weights a kernel and a bias for each layer, in their order */
export function layersOf(weights: readonly WeightTensor<Float32Array>[]): Layer[] {
  const layers: Layer[] = [];
  for (let i = 0; i < weights.length; i += 2) {
    const [kernel, bias] = [weights[i], weights[i + 1]];
    if (kernel === undefined || bias === undefined) continue;
    const [inputs = 0, outputs = 0] = kernel.shape;
    layers.push({
      kernel: variableOf(tf.tensor2d(kernel.values.slice(), [inputs, outputs])),
      bias: variableOf(tf.tensor1d(bias.values.slice())),
    });
  }
  return layers;
}

/** A variable that starts as the tensor, which is then freed: on its own it would stay. */
function variableOf<R extends tf.Rank>(tensor: tf.Tensor<R>): tf.Variable<R> {
  const variable = tf.variable(tensor);
  tensor.dispose();
  return variable;
}

/** Logits or standardized values, [rows, outputs]. Call inside a tidy. */
export function forward(
  layers: readonly Layer[],
  activation: Activation,
  input: tf.Tensor2D,
): tf.Tensor2D {
  return layers.reduce((current, { kernel, bias }, i) => {
    const sums = tf.add<tf.Tensor2D>(tf.matMul(current, kernel), bias);
    if (i === layers.length - 1) return sums;
    return activation === 'relu' ? tf.relu(sums) : tf.tanh(sums);
  }, input);
}

/** Mean loss per row: cross-entropy in nats, or squared error. Call inside a tidy. */
export function meanLoss(
  output: tf.Tensor2D,
  target: tf.Tensor2D,
  task: TrainingData['task'],
): tf.Scalar {
  return task === 'classification'
    ? tf.neg(tf.mean(tf.sum(tf.mul(target, tf.logSoftmax(output)), 1)))
    : tf.mean(tf.square(tf.sub(output, target)));
}

/** Σ of squared kernel entries × decay ÷ 2. Call inside a tidy. */
export function weightPenalty(layers: readonly Layer[], decay: number): tf.Scalar {
  return tf.mul(tf.addN(layers.map(({ kernel }) => tf.sum(tf.square(kernel)))), decay / 2);
}

export function featureTensor({ values, rows, width }: FeatureMatrix): tf.Tensor2D {
  return tf.tensor2d(values, [rows, width]);
}

/** One-hot rows for classes, a column for values. */
export function targetTensor({ task, target, outputs }: TrainingData): tf.Tensor2D {
  if (task === 'regression') return tf.tensor2d(Float32Array.from(target), [target.length, 1]);
  const rows = new Float32Array(target.length * outputs);
  for (const [i, label] of target.entries()) rows[i * outputs + label] = 1;
  return tf.tensor2d(rows, [target.length, outputs]);
}
