import * as tf from '@tensorflow/tfjs-core';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import type { RandomStream } from '#core/random.ts';

export type Activation = 'relu' | 'tanh';

/** The variables of a fully connected network, layer by layer. */
export interface Layer {
  readonly kernel: tf.Variable<tf.Rank.R2>;
  readonly bias: tf.Variable<tf.Rank.R1>;
}

/**
 * Fresh layers: kernels and biases uniform in ±√(6 ÷ (inputs + outputs)) (Glorot and Bengio, 2010), as in
 * scikit-learn. The numbers come from the run's own stream, so every backend starts from the same bits.
 */
export function createLayers(sizes: readonly number[], random: RandomStream): Layer[] {
  return sizes.slice(1).map((outputs, i) => {
    const inputs = sizes[i] ?? 0;
    const limit = Math.sqrt(6 / (inputs + outputs));
    const uniform = (length: number): Float32Array =>
      Float32Array.from({ length }, () => limit * (2 * random.uniform() - 1));
    return {
      kernel: variableOf(tf.tensor2d(uniform(inputs * outputs), [inputs, outputs])),
      bias: variableOf(tf.tensor1d(uniform(outputs))),
    };
  });
}

/** A variable that starts as the tensor, which is then freed: on its own it would stay. */
export function variableOf<R extends tf.Rank>(tensor: tf.Tensor<R>): tf.Variable<R> {
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
