// How long all numbers together are as one vector, and that made longer or shorter. A multiple of 4 float32.

/** values · factor, in place */
export function scale(values: usize, count: i32, factor: f32): void {
  const end = values + ((<usize>count) << 2);
  for (; values < end; values += 16) {
    v128.store(values, f32x4.mul(v128.load(values), f32x4.splat(factor)));
  }
}

/** Σ values² in float64: every second number's sum, then both. */
export function sumSquares(values: usize, count: i32): f64 {
  const end = values + ((<usize>count) << 2);
  let sums = f64x2.splat(0);
  for (; values < end; values += 8) {
    const pair = f64x2.promote_low_f32x4(v128.load64_zero(values));
    sums = f64x2.add(sums, f64x2.mul(pair, pair));
  }
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}
