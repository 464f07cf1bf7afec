// Probabilities and gradients of all rows, two rows at a time: arrays have room for an even number of rows.

/** Added to a float64 below 2^51, this leaves the nearest integer in the lowest bits. */
const ROUNDING: f64 = 6755399441055744;

/** 1 ÷ (1 + exp(−score)) of each score, float64. */
export function sigmoid(scores: usize, rows: i32, out: usize): void {
  const one = f64x2.splat(1);
  const end = scores + ((<usize>rows) << 3);
  for (let at = scores; at < end; at += 16) {
    const power = expOfBoth(f64x2.neg(v128.load(at)));
    v128.store(out, f64x2.div(one, f64x2.add(one, power)));
    out += 16;
  }
}

/**
 * Each row's scores to probabilities, exp(s − max) ÷ Σ. Scores and probabilities are float64, class after class, `stride`
 * bytes apart.
 */
export function softmax(scores: usize, classes: i32, stride: usize, rows: i32, out: usize): void {
  const last = <usize>classes * stride;
  const end = (<usize>rows) << 3;
  for (let row: usize = 0; row < end; row += 16) {
    let largest = v128.load(scores + row);
    for (let plane = stride; plane < last; plane += stride) {
      largest = f64x2.max(largest, v128.load(scores + plane + row));
    }
    let sum = f64x2.splat(0);
    for (let plane: usize = 0; plane < last; plane += stride) {
      const power = expOfBoth(f64x2.sub(v128.load(scores + plane + row), largest));
      v128.store(out + plane + row, power);
      sum = f64x2.add(sum, power);
    }
    for (let plane: usize = 0; plane < last; plane += stride) {
      v128.store(out + plane + row, f64x2.div(v128.load(out + plane + row), sum));
    }
  }
}

/**
 * What a class's probabilities p mean for the log loss, in the form of histograms: (p − y) · weight and
 * p · (1 − p) · weight, with y = 1 where the target is this class.
 *
 * @param target class numbers, float64; `weights` float64, or 0 for none
 */
export function packProbabilities(
  probabilities: usize,
  target: usize,
  ofClass: f64,
  weights: usize,
  rows: i32,
  gradientScale: f64,
  hessianScale: f64,
  shift: i32,
  out: usize,
): void {
  const one = f64x2.splat(1);
  const wanted = f64x2.splat(ofClass);
  const end = (<usize>rows) << 3;
  for (let row: usize = 0; row < end; row += 16) {
    const p = v128.load(probabilities + row);
    const y = v128.and(f64x2.eq(v128.load(target + row), wanted), one);
    let gradient = f64x2.sub(p, y);
    let hessian = f64x2.mul(p, f64x2.sub(one, p));
    if (weights) {
      gradient = f64x2.mul(gradient, v128.load(weights + row));
      hessian = f64x2.mul(hessian, v128.load(weights + row));
    }
    pack(gradient, hessian, gradientScale, hessianScale, shift, out + (row << 1));
  }
}

/** Gradients and hessians as they are, both times the weight; hessians are 1 where `hessians` is 0. */
export function packGradients(
  gradients: usize,
  hessians: usize,
  weights: usize,
  rows: i32,
  gradientScale: f64,
  hessianScale: f64,
  shift: i32,
  out: usize,
): void {
  const end = (<usize>rows) << 3;
  for (let row: usize = 0; row < end; row += 16) {
    let gradient = v128.load(gradients + row);
    let hessian = hessians ? v128.load(hessians + row) : f64x2.splat(1);
    if (weights) {
      gradient = f64x2.mul(gradient, v128.load(weights + row));
      hessian = f64x2.mul(hessian, v128.load(weights + row));
    }
    pack(gradient, hessian, gradientScale, hessianScale, shift, out + (row << 1));
  }
}

/** Two rows in the form of a bin: gradient × scale, and hessian × scale above a count of 1, both as integers. */
function pack(
  gradient: v128,
  hessian: v128,
  gradientScale: f64,
  hessianScale: f64,
  shift: i32,
  out: usize,
): void {
  const g = rounded(f64x2.mul(gradient, f64x2.splat(gradientScale)));
  const h = rounded(f64x2.mul(hessian, f64x2.splat(hessianScale)));
  const counted = i64x2.add(i64x2.shl(h, shift), i64x2.splat(1));
  v128.store(out, v128.shuffle<i64>(g, counted, 0, 2));
  v128.store(out, v128.shuffle<i64>(g, counted, 1, 3), 16);
}

function rounded(value: v128): v128 {
  const magic = f64x2.splat(ROUNDING);
  return i64x2.sub(f64x2.add(value, magic), magic);
}

/**
 * e to the power of two numbers, cut to ±700: 2^n times a Taylor series of 13 terms on the rest, which is at most
 * ln 2 ÷ 2 (Cody and Waite, 1980). Four operations and no table, so the bits are the same on every machine.
 */
function expOfBoth(value: v128): v128 {
  const x = f64x2.pmin(f64x2.pmax(value, f64x2.splat(-700)), f64x2.splat(700));
  const n = f64x2.nearest(f64x2.mul(x, f64x2.splat(1.4426950408889634)));
  const high = f64x2.sub(x, f64x2.mul(n, f64x2.splat(0.6931471803691238)));
  const r = f64x2.sub(high, f64x2.mul(n, f64x2.splat(1.9082149292705877e-10)));
  let sum = f64x2.splat(1.6059043836821613e-10);
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(2.08767569878681e-9));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(2.505210838544172e-8));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(2.755731922398589e-7));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(2.7557319223985893e-6));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(0.0000248015873015873));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(0.0001984126984126984));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(0.001388888888888889));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(0.008333333333333333));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(0.041666666666666664));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(0.16666666666666666));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(0.5));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1));
  const power = i64x2.shl(i64x2.add(rounded(n), i64x2.splat(1023)), 52);
  return f64x2.mul(sum, power);
}
