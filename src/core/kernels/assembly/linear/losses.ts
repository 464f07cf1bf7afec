// Cross-entropy of rows from their scores, which become what the loss asks of each score: its derivative. All numbers are
// float64, and rows come in twos: one past the last has to count 0.

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

/**
 * e^x for x ≤ 0; 0 below −708 and for NaN. With the operations of models/linear/exp-below-zero.ts, so the same bits:
 * x = r − n·ln 2, then Taylor's polynomial of degree 13, summed in pairs (Estrin's scheme), times 2⁻ⁿ.
 */
function expBelowZero(x: v128): v128 {
  const n = f64x2.floor(f64x2.sub(f64x2.splat(0.5), f64x2.mul(x, f64x2.splat(1.4426950408889634))));
  let r = f64x2.add(x, f64x2.mul(n, f64x2.splat(6.9314718036912381649e-1)));
  r = f64x2.add(r, f64x2.mul(n, f64x2.splat(1.90821492927058770002e-10)));
  const r2 = f64x2.mul(r, r);
  const r4 = f64x2.mul(r2, r2);
  const low = plus(line(1, 1, r), r2, line(1.0 / 2.0, 1.0 / 6.0, r));
  const middle = plus(line(1.0 / 24.0, 1.0 / 120.0, r), r2, line(1.0 / 720.0, 1.0 / 5040.0, r));
  const high = plus(
    plus(line(1.0 / 40320.0, 1.0 / 362880.0, r), r2, line(1.0 / 3628800.0, 1.0 / 39916800.0, r)),
    r4,
    line(1.0 / 479001600.0, 1.0 / 6227020800.0, r),
  );
  const sum = plus(plus(low, r4, middle), f64x2.mul(r4, r4), high);
  // n + 2⁵² has n in its lowest bits.
  const exponent = i64x2.sub(i64x2.splat(1023), f64x2.add(n, f64x2.splat(4503599627370496)));
  const power = f64x2.mul(sum, i64x2.shl(exponent, 52));
  return v128.and(power, f64x2.gt(x, f64x2.splat(-708)));
}

/**
 * ln x for finite x ≥ 1: x = 2ᵏ·(1 + f) with 1 + f between √½ and √2, and FreeBSD's polynomial in f ÷ (2 + f)
 * (msun/src/e_log.c), within a few units in the last place.
 */
function lnFromOne(x: v128): v128 {
  const fraction = v128.or(
    v128.and(x, i64x2.splat(0x000fffffffffffff)),
    i64x2.splat(0x3ff0000000000000),
  );
  const isLarge = f64x2.gt(fraction, f64x2.splat(1.4142135623730951));
  const half = v128.bitselect(f64x2.splat(0.5), f64x2.splat(1), isLarge);
  const f = f64x2.sub(f64x2.mul(fraction, half), f64x2.splat(1));
  // The exponent in the lowest bits of 2⁵², less 2⁵² and the bias; isLarge is −1 where one more is wanted.
  const biased = v128.or(i64x2.shr_u(x, 52), i64x2.splat(0x4330000000000000));
  const k = f64x2.sub(i64x2.sub(biased, isLarge), f64x2.splat(4503599627371519));
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f));
  const z = f64x2.mul(s, s);
  const z2 = f64x2.mul(z, z);
  const near = plus(
    line(6.66666666666673513e-1, 3.999999999940941908e-1, z),
    z2,
    line(2.857142874366239149e-1, 2.222219843214978396e-1, z),
  );
  const far = plus(
    line(1.818357216161805012e-1, 1.531383769920937332e-1, z),
    z2,
    f64x2.splat(1.479819860511658591e-1),
  );
  const r = f64x2.mul(z, plus(near, f64x2.mul(z2, z2), far));
  const square = f64x2.mul(f64x2.mul(f64x2.splat(0.5), f), f);
  const low = f64x2.add(
    f64x2.mul(s, f64x2.add(square, r)),
    f64x2.mul(k, f64x2.splat(1.90821492927058770002e-10)),
  );
  const rest = f64x2.sub(f64x2.sub(square, low), f);
  return f64x2.sub(f64x2.mul(k, f64x2.splat(6.9314718036912381649e-1)), rest);
}

/** a + b · x */
function line(a: f64, b: f64, x: v128): v128 {
  return plus(f64x2.splat(a), x, f64x2.splat(b));
}

/** a + b · c */
function plus(a: v128, b: v128, c: v128): v128 {
  return f64x2.add(a, f64x2.mul(b, c));
}
