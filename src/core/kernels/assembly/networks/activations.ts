// What a layer makes of its sums, in place, and what that does to derivatives. Numbers are float32, a multiple of 4 of
// them; one that is no number stays none, so that a loss tells of it.
import { tanhOf } from '../shared/sigmoids.ts';

/** max(x, 0) */
export function relu(values: usize, count: i32): void {
  const end = values + ((<usize>count) << 2);
  for (; values < end; values += 16) {
    v128.store(values, f32x4.max(v128.load(values), f32x4.splat(0)));
  }
}

/** tanh x */
export function tanh(values: usize, count: i32): void {
  const end = values + ((<usize>count) << 2);
  for (; values < end; values += 8) {
    const x = f64x2.promote_low_f32x4(v128.load64_zero(values));
    v128.store64_lane(values, f32x4.demote_f64x2_zero(tanhOf(x)), 0);
  }
}

/** Derivatives by what relu gave become those by what it got. */
export function reluBack(derivatives: usize, given: usize, count: i32): void {
  const end = derivatives + ((<usize>count) << 2);
  for (; derivatives < end; derivatives += 16) {
    const isOn = f32x4.gt(v128.load(given), f32x4.splat(0));
    v128.store(derivatives, v128.and(v128.load(derivatives), isOn));
    given += 16;
  }
}

/** The same for tanh: times 1 − tanh². */
export function tanhBack(derivatives: usize, given: usize, count: i32): void {
  const end = derivatives + ((<usize>count) << 2);
  for (; derivatives < end; derivatives += 16) {
    const y = v128.load(given);
    const slope = f32x4.sub(f32x4.splat(1), f32x4.mul(y, y));
    v128.store(derivatives, f32x4.mul(v128.load(derivatives), slope));
    given += 16;
  }
}
