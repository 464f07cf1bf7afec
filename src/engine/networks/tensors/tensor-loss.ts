import * as tf from '@tensorflow/tfjs-core';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';

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

export function featureTensor({ values, rows, width }: FeatureMatrix): tf.Tensor2D {
  return tf.tensor2d(values, [rows, width]);
}

/** One-hot rows for classes, a column for values, or the features themselves. */
export function targetTensor(
  { task, target, outputs, features }: TrainingData,
  { reconstructs }: NetworkPlan,
): tf.Tensor2D {
  if (reconstructs === true) return featureTensor(features);
  if (task !== 'classification') return tf.tensor2d(Float32Array.from(target), [target.length, 1]);
  const rows = new Float32Array(target.length * outputs);
  for (const [i, label] of target.entries()) rows[i * outputs + label] = 1;
  return tf.tensor2d(rows, [target.length, outputs]);
}
