// Cross-entropy of rows from their scores, which become what the loss asks of each score: its derivative. All numbers are
// float64, and rows come in twos: one past the last has to count 0.

import { expBelowZero, lnFromOne } from '../shared/exponentials.ts';

/**
 * Two classes, the first of which has the score 0.
 *
 * @param target 0 or 1
 * @param counts what each row counts
 * @returns Σ count · cross-entropy, over even and odd rows
 */
export function twoClassLoss(scores: usize, target: usize, counts: usize, rows: i32): f64 {
  const one = f64x2.splat(1);
  const zero = f64x2.splat(0);
  let loss = zero;
  const end = scores + ((<usize>rows) << 3);
  while (scores < end) {
    const score = v128.load(scores);
    const y = v128.load(target);
    const count = v128.load(counts);
    const power = expBelowZero(f64x2.neg(f64x2.abs(score)));
    const sum = f64x2.add(one, power);
    // The score that speaks against the row's class is what its loss begins with.
    const against = v128.bitselect(f64x2.neg(score), score, f64x2.gt(y, zero));
    const own = f64x2.add(f64x2.pmax(against, zero), lnFromOne(sum));
    loss = f64x2.add(loss, f64x2.mul(count, own));
    const share = f64x2.div(v128.bitselect(one, power, f64x2.gt(score, zero)), sum);
    v128.store(scores, f64x2.mul(count, f64x2.sub(share, y)));
    scores += 16;
    target += 16;
    counts += 16;
  }
  return f64x2.extract_lane(loss, 0) + f64x2.extract_lane(loss, 1);
}

/**
 * Classes that each have a score, class after class and `stride` bytes apart.
 *
 * @param target class numbers
 * @param counts what each row counts
 * @returns Σ count · cross-entropy, over even and odd rows
 */
export function manyClassLoss(
  scores: usize,
  classes: i32,
  stride: usize,
  target: usize,
  counts: usize,
  rows: i32,
): f64 {
  const last = <usize>classes * stride;
  let loss = f64x2.splat(0);
  const end = scores + ((<usize>rows) << 3);
  while (scores < end) {
    const label = v128.load(target);
    const count = v128.load(counts);
    let top = v128.load(scores);
    for (let at = stride; at < last; at += stride) {
      top = f64x2.pmax(top, v128.load(scores + at));
    }
    let sum = f64x2.splat(0);
    let lead = sum;
    let k = sum;
    for (let at: usize = 0; at < last; at += stride) {
      const below = f64x2.sub(v128.load(scores + at), top);
      lead = v128.bitselect(below, lead, f64x2.eq(label, k));
      const power = expBelowZero(below);
      v128.store(scores + at, power);
      sum = f64x2.add(sum, power);
      k = f64x2.add(k, f64x2.splat(1));
    }
    loss = f64x2.add(loss, f64x2.mul(count, f64x2.sub(lnFromOne(sum), lead)));
    const share = f64x2.div(count, sum);
    k = f64x2.splat(0);
    for (let at: usize = 0; at < last; at += stride) {
      const own = v128.and(count, f64x2.eq(label, k));
      v128.store(scores + at, f64x2.sub(f64x2.mul(v128.load(scores + at), share), own));
      k = f64x2.add(k, f64x2.splat(1));
    }
    scores += 16;
    target += 16;
    counts += 16;
  }
  return f64x2.extract_lane(loss, 0) + f64x2.extract_lane(loss, 1);
}
