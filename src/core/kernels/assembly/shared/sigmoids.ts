// Functions that squeeze numbers between two, of two float64 at a time; one that is no number stays none.
import { expBelowZero } from './exponentials.ts';

/** tanh x = ±(1 − e^−2|x|) ÷ (1 + e^−2|x|) */
export function tanhOf(x: v128): v128 {
  const one = f64x2.splat(1);
  const power = expBelowZero(f64x2.mul(f64x2.abs(x), f64x2.splat(-2)));
  const size = f64x2.div(f64x2.sub(one, power), f64x2.add(one, power));
  const signed = v128.or(size, v128.and(x, f64x2.splat(-0.0)));
  return v128.bitselect(x, signed, f64x2.ne(x, x));
}

/** 1 ÷ (1 + e^−x), for x < 0 as e^x ÷ (1 + e^x) */
export function logisticOf(x: v128): v128 {
  const one = f64x2.splat(1);
  const power = expBelowZero(f64x2.neg(f64x2.abs(x)));
  const top = v128.bitselect(power, one, f64x2.lt(x, f64x2.splat(0)));
  return v128.bitselect(x, f64x2.div(top, f64x2.add(one, power)), f64x2.ne(x, x));
}
