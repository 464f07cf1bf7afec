// Elementary functions of two float64 at a time, with the same bits everywhere.

/**
 * e^x for x ≤ 0; 0 below −708 and for NaN. With the operations of models/linear/exp-below-zero.ts, so the same bits:
 * x = r − n·ln 2, then Taylor's polynomial of degree 13, summed in pairs (Estrin's scheme), times 2⁻ⁿ.
 */
export function expBelowZero(x: v128): v128 {
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

/** e to the power of each of a row's float32 sums less the largest, in their place, and the sum of these. */
export function powersOf(sums: usize, classes: i32, top: f32): f64 {
  const largest = f64x2.splat(<f64>top);
  let total: f64 = 0;
  for (let k = 0; k < classes; k += 2) {
    const at = sums + ((<usize>k) << 2);
    const x = f64x2.promote_low_f32x4(v128.load64_zero(at));
    const powers = expBelowZero(f64x2.sub(x, largest));
    store<f32>(at, <f32>f64x2.extract_lane(powers, 0));
    total += f64x2.extract_lane(powers, 0);
    if (k + 1 < classes) {
      store<f32>(at + 4, <f32>f64x2.extract_lane(powers, 1));
      total += f64x2.extract_lane(powers, 1);
    }
  }
  return total;
}

/**
 * ln x for finite x ≥ 1: x = 2ᵏ·(1 + f) with 1 + f between √½ and √2, and FreeBSD's polynomial in f ÷ (2 + f)
 * (msun/src/e_log.c), within a few units in the last place.
 */
export function lnFromOne(x: v128): v128 {
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
