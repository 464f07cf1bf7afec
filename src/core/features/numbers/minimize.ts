/** Share of an interval that a golden section leaves. */
const GOLDEN = (3 - Math.sqrt(5)) / 2;
const MOST_STEPS = 500;

/**
 * The minimum of a function between two bounds: Brent's method, as SciPy's `fminbound` has it (Forsythe, Malcolm and
 * Moler, Computer Methods for Mathematical Computations, 1977, chapter 8).
 * @param tolerance how near the place of the minimum must be known
 */
export function minimize(
  f: (x: number) => number,
  bounds: readonly [low: number, high: number],
  tolerance: number,
): number {
  let [low, high] = bounds;
  let best = low + GOLDEN * (high - low);
  let [second, third] = [best, best];
  let bestValue = f(best);
  let [secondValue, thirdValue] = [bestValue, bestValue];
  let step = 0;
  let before = 0;
  for (let i = 0; i < MOST_STEPS; i += 1) {
    const middle = (low + high) / 2;
    const near = Math.sqrt(Number.EPSILON) * Math.abs(best) + tolerance / 3;
    if (Math.abs(best - middle) <= 2 * near - (high - low) / 2) break;
    const r = (best - second) * (bestValue - thirdValue);
    const q = (best - third) * (bestValue - secondValue);
    // The step to the lowest point of the parabola through the three points, as numerator and denominator.
    const flip = q - r > 0 ? -1 : 1;
    const p = flip * ((best - third) * q - (best - second) * r);
    const d = 2 * Math.abs(q - r);
    const isParabola =
      Math.abs(before) > near &&
      Math.abs(p) < Math.abs((d * before) / 2) &&
      p > d * (low - best) &&
      p < d * (high - best);
    if (isParabola) {
      before = step;
      step = p / d;
      const at = best + step;
      if (at - low < 2 * near || high - at < 2 * near) step = near * signOf(middle - best);
    } else {
      before = best >= middle ? low - best : high - best;
      step = GOLDEN * before;
    }
    const x = best + signOf(step) * Math.max(Math.abs(step), near);
    const value = f(x);
    if (value <= bestValue) {
      if (x >= best) low = best;
      else high = best;
      [third, thirdValue, second, secondValue] = [second, secondValue, best, bestValue];
      [best, bestValue] = [x, value];
    } else {
      if (x < best) low = x;
      else high = x;
      if (value <= secondValue || second === best) {
        [third, thirdValue, second, secondValue] = [second, secondValue, x, value];
      } else if (value <= thirdValue || third === best || third === second) {
        [third, thirdValue] = [x, value];
      }
    }
  }
  return best;
}

function signOf(value: number): number {
  return value < 0 ? -1 : 1;
}
