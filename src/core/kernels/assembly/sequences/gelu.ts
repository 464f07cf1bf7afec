// GELU in its form with tanh, of float32 numbers, a multiple of 4 of them; one that is no number stays none.
import { expBelowZero } from '../shared/exponentials.ts';

/** √(2 ÷ π), and what the cube is times. */
const FACTOR: f64 = 0.7978845608028654;
const CUBE: f64 = 0.044715;

/** (1 + tanh u) ÷ 2 of u = FACTOR · (x + CUBE · x³), which is 1 ÷ (1 + e^−2u). */
function shareOf(x: v128): v128 {
  const cube = f64x2.mul(f64x2.mul(f64x2.mul(x, x), x), f64x2.splat(CUBE));
  const twice = f64x2.mul(f64x2.add(x, cube), f64x2.splat(2 * FACTOR));
  const power = expBelowZero(f64x2.neg(f64x2.abs(twice)));
  const above = v128.bitselect(f64x2.splat(1), power, f64x2.ge(twice, f64x2.splat(0)));
  return f64x2.div(above, f64x2.add(f64x2.splat(1), power));
}

/** to = x · (1 + tanh u) ÷ 2 */
export function gelu(from: usize, to: usize, count: i32): void {
  const end = from + ((<usize>count) << 2);
  for (; from < end; from += 8) {
    const x = f64x2.promote_low_f32x4(v128.load64_zero(from));
    const y = f64x2.mul(x, shareOf(x));
    v128.store64_lane(to, f32x4.demote_f64x2_zero(y), 0);
    to += 8;
  }
}

/** Derivatives by what `gelu` gave become those by what it got. */
export function geluBack(derivatives: usize, from: usize, count: i32): void {
  const one = f64x2.splat(1);
  const end = from + ((<usize>count) << 2);
  for (; from < end; from += 8) {
    const x = f64x2.promote_low_f32x4(v128.load64_zero(from));
    const share = shareOf(x);
    const square = f64x2.mul(f64x2.mul(x, x), f64x2.splat(3 * CUBE));
    const inner = f64x2.mul(f64x2.add(one, square), f64x2.splat(2 * FACTOR));
    const bend = f64x2.mul(f64x2.mul(share, f64x2.sub(one, share)), inner);
    const slope = f64x2.add(share, f64x2.mul(x, bend));
    const given = f64x2.promote_low_f32x4(v128.load64_zero(derivatives));
    v128.store64_lane(derivatives, f32x4.demote_f64x2_zero(f64x2.mul(given, slope)), 0);
    derivatives += 8;
  }
}
