// Losses of rows from a network's last sums, float32, `step` bytes from row to row.
import { lnFromOne, powersOf } from '../shared/exponentials.ts';

/**
 * Sums become probabilities: e^(x − largest) ÷ their sum.
 *
 * @param labels uint32 class of each row; address 0 where there are none
 * @param weights float32, what each row counts; address 0 where each counts 1
 * @returns Σ cross-entropy in nats; 0 without labels
 */
export function softmax(
  sums: usize,
  step: usize,
  rows: i32,
  classes: i32,
  labels: usize,
  weights: usize,
): f64 {
  let loss: f64 = 0;
  for (let i = 0; i < rows; i += 1) {
    let top = load<f32>(sums);
    for (let k = 1; k < classes; k += 1) top = max(top, load<f32>(sums + ((<usize>k) << 2)));
    const label = labels == 0 ? 0 : load<u32>(labels + ((<usize>i) << 2));
    const lead = load<f32>(sums + ((<usize>label) << 2)) - top;
    const total = powersOf(sums, classes, top);
    if (labels != 0) {
      const own = f64x2.extract_lane(lnFromOne(f64x2.splat(total)), 0) - <f64>lead;
      loss += <f64>weightOf(weights, i) * own;
    }
    const share = <f32>(1 / total);
    for (let k = 0; k < classes; k += 1) {
      const at = sums + ((<usize>k) << 2);
      store<f32>(at, load<f32>(at) * share);
    }
    sums += step;
  }
  return loss;
}

function weightOf(weights: usize, row: i32): f32 {
  return weights == 0 ? 1 : load<f32>(weights + ((<usize>row) << 2));
}

/**
 * Probabilities become the derivatives of `scale` · Σ cross-entropy by the sums that they were.
 *
 * @param smoothing the share of each row's target that all classes have in equal parts
 * @param weights as `softmax` has them
 */
export function softmaxBack(
  probabilities: usize,
  step: usize,
  rows: i32,
  classes: i32,
  labels: usize,
  scale: f32,
  smoothing: f32,
  weights: usize,
): void {
  const other = smoothing / <f32>classes;
  const right: f32 = <f32>1 - smoothing + other;
  for (let i = 0; i < rows; i += 1) {
    const label = load<i32>(labels);
    const factor = scale * weightOf(weights, i);
    for (let k = 0; k < classes; k += 1) {
      const at = probabilities + ((<usize>k) << 2);
      store<f32>(at, (load<f32>(at) - (k == label ? right : other)) * factor);
    }
    probabilities += step;
    labels += 4;
  }
}

/**
 * Each row's first number becomes the derivative of `scale` · Σ (number − target)².
 *
 * @param targets float32
 * @param weights as `softmax` has them
 * @returns Σ (number − target)²
 */
export function squaredLoss(
  sums: usize,
  step: usize,
  rows: i32,
  targets: usize,
  scale: f32,
  weights: usize,
): f64 {
  let loss: f64 = 0;
  for (let i = 0; i < rows; i += 1) {
    const away = load<f32>(sums) - load<f32>(targets);
    const weight = weightOf(weights, i);
    loss += <f64>weight * (<f64>away * <f64>away);
    store<f32>(sums, 2 * away * (scale * weight));
    sums += step;
    targets += 4;
  }
  return loss;
}
