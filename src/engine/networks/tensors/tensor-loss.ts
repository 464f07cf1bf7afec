import * as tf from '@tensorflow/tfjs-core';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';

/**
 * Mean loss per row: cross-entropy in nats, or squared error. Call inside a tidy.
 * @param weights what each row counts, [rows]; each counts 1 where absent
 */
export function meanLoss(
  output: tf.Tensor2D,
  target: tf.Tensor2D,
  task: TrainingData['task'],
  weights?: tf.Tensor1D,
): tf.Scalar {
  const losses =
    task === 'classification'
      ? tf.neg(tf.sum(tf.mul(target, tf.logSoftmax(output)), 1))
      : tf.mean(tf.square(tf.sub(output, target)), 1);
  return tf.mean(weights === undefined ? losses : tf.mul(losses, weights));
}

/**
 * Mean cross-entropy of the places of texts, in nats. Call inside a tidy.
 * @param output logits [rows, places, characters]
 * @param codes [rows, places]
 */
export function meanPlaceLoss(output: tf.Tensor3D, codes: tf.Tensor2D): tf.Scalar {
  const known = tf.range(0, output.shape[2]);
  const hot = tf.cast(tf.equal(tf.expandDims(codes, 2), known), 'float32');
  return tf.mean(tf.neg(tf.sum(tf.mul(hot, tf.logSoftmax(output)), 2)));
}

/** One-hot rows of which a share goes to all classes in equal parts. Call inside a tidy. */
export function smoothed(target: tf.Tensor2D, share: number): tf.Tensor2D {
  return tf.add(tf.mul(target, 1 - share), share / target.shape[1]);
}

/** What each row counts; absent where the data do not say. */
export function weightTensor({ weights }: TrainingData): tf.Tensor1D | undefined {
  return weights && tf.tensor1d(Float32Array.from(weights));
}

export function featureTensor({ values, rows, width }: FeatureMatrix): tf.Tensor2D {
  return tf.tensor2d(values, [rows, width]);
}

/** One-hot rows for classes, a column for values, or the features themselves. */
export function targetTensor(
  { task, target, outputs, features }: TrainingData,
  { reconstructs, continues }: NetworkPlan,
): tf.Tensor2D {
  if (reconstructs === true || continues === true) return featureTensor(features);
  if (task !== 'classification') return tf.tensor2d(Float32Array.from(target), [target.length, 1]);
  const rows = new Float32Array(target.length * outputs);
  for (const [i, label] of target.entries()) rows[i * outputs + label] = 1;
  return tf.tensor2d(rows, [target.length, outputs]);
}
