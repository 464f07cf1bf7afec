// Steps of gated recurrent units (Cho and others, 2014), by PyTorch's formula. Numbers are float32. Of each row there are
// three groups of numbers side by side: for the update, the reset and the candidate; units are a multiple of 4.
import { logisticOf, tanhOf } from '../shared/sigmoids.ts';

/**
 * The next state: (1 − update) · candidate + update · before, where the candidate is tanh(its sum over the input + reset ·
 * its sum over the state).
 *
 * @param gates [rows, 3 · units] sums over the input; they become update, reset and candidate
 * @param sums [rows, 3 · units] sums over the state before
 * @param bias [units] is added to the candidate's sums over the state
 * @param before [rows, units] the state before
 * @param kept [rows, units] gets the candidate's sums over the state, with their bias
 * @param after [rows, units] gets the next state
 */
export function gruStep(
  gates: usize,
  sums: usize,
  bias: usize,
  before: usize,
  rows: i32,
  units: i32,
  kept: usize,
  after: usize,
): void {
  const width = (<usize>units) << 2;
  for (let i = 0; i < rows; i += 1) {
    for (let j: usize = 0; j < width; j += 8) {
      const update = logistic(f32x4.add(two(gates + j), two(sums + j)));
      const reset = logistic(f32x4.add(two(gates + width + j), two(sums + width + j)));
      const state = f32x4.add(two(sums + 2 * width + j), two(bias + j));
      const candidate = squeezed(f32x4.add(two(gates + 2 * width + j), f32x4.mul(reset, state)));
      const next = f32x4.add(
        f32x4.mul(f32x4.sub(f32x4.splat(1), update), candidate),
        f32x4.mul(update, two(before + j)),
      );
      v128.store64_lane(gates + j, update, 0);
      v128.store64_lane(gates + width + j, reset, 0);
      v128.store64_lane(gates + 2 * width + j, candidate, 0);
      v128.store64_lane(kept + j, state, 0);
      v128.store64_lane(after + j, next, 0);
    }
    gates += 3 * width;
    sums += 3 * width;
    before += width;
    kept += width;
    after += width;
  }
}

/**
 * The way back.
 *
 * @param derivatives [rows, units] by the next state; they become what goes straight to the state before
 * @param gates update, reset and candidate; they become the derivatives by the sums over the input
 * @param kept the candidate's sums over the state
 * @param before the state before
 * @param sums [rows, 3 · units] gets the derivatives by the sums over the state
 */
export function gruStepBack(
  derivatives: usize,
  gates: usize,
  kept: usize,
  before: usize,
  rows: i32,
  units: i32,
  sums: usize,
): void {
  const width = (<usize>units) << 2;
  const one = f32x4.splat(1);
  for (let i = 0; i < rows; i += 1) {
    for (let j: usize = 0; j < width; j += 16) {
      const d = v128.load(derivatives + j);
      const update = v128.load(gates + j);
      const reset = v128.load(gates + width + j);
      const candidate = v128.load(gates + 2 * width + j);
      const other = f32x4.sub(one, update);
      const away = f32x4.mul(d, f32x4.sub(v128.load(before + j), candidate));
      const byUpdate = f32x4.mul(away, f32x4.mul(update, other));
      const byCandidate = f32x4.mul(
        f32x4.mul(d, other),
        f32x4.sub(one, f32x4.mul(candidate, candidate)),
      );
      const byReset = f32x4.mul(
        f32x4.mul(byCandidate, v128.load(kept + j)),
        f32x4.mul(reset, f32x4.sub(one, reset)),
      );
      v128.store(derivatives + j, f32x4.mul(d, update));
      v128.store(gates + j, byUpdate);
      v128.store(gates + width + j, byReset);
      v128.store(gates + 2 * width + j, byCandidate);
      v128.store(sums + j, byUpdate);
      v128.store(sums + width + j, byReset);
      v128.store(sums + 2 * width + j, f32x4.mul(byCandidate, reset));
    }
    derivatives += width;
    gates += 3 * width;
    kept += width;
    before += width;
    sums += 3 * width;
  }
}

/** Two numbers, in the lower half. */
function two(at: usize): v128 {
  return v128.load64_zero(at);
}

function logistic(x: v128): v128 {
  return f32x4.demote_f64x2_zero(logisticOf(f64x2.promote_low_f32x4(x)));
}

function squeezed(x: v128): v128 {
  return f32x4.demote_f64x2_zero(tanhOf(f64x2.promote_low_f32x4(x)));
}
