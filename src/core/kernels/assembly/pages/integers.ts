// Integers of 64 bits as numbers of float64.

/** The largest integer from which on not every one is a float64. */
const MOST: i64 = (1 << 53) - 1;

/**
 * @param from address of the integers
 * @param unsigned 1 where they are none below 0
 * @param out a float64 each; may be where the integers are
 * @returns 1 where each of them is exact, up to 2^53 − 1 and from −(2^53 − 1) on; else part of `out` may be filled
 */
export function exactIntegers(from: usize, count: u32, unsigned: i32, out: usize): i32 {
  for (let i: usize = 0; i < (<usize>count) << 3; i += 8) {
    const value = load<i64>(from + i);
    if (value > MOST || value < (unsigned != 0 ? <i64>0 : -MOST)) return 0;
    store<f64>(out + i, <f64>value);
  }
  return 1;
}

/**
 * Times as milliseconds.
 * @param unit how many of the integers' units make one second
 * @param first and `last`: the milliseconds that are allowed
 * @param out a float64 each; may be where the integers are
 * @returns 1 where each of them is a whole second and allowed; else part of `out` may be filled
 */
export function wholeSeconds(
  from: usize,
  count: u32,
  unit: f64,
  first: f64,
  last: f64,
  out: usize,
): i32 {
  const divisor = <i64>unit;
  // Near enough for times that are allowed, and several times as fast as a division of integers.
  const inverse = 1 / unit;
  for (let i: usize = 0; i < (<usize>count) << 3; i += 8) {
    const value = load<i64>(from + i);
    const seconds = nearest(<f64>value * inverse);
    if (<i64>seconds * divisor != value) return 0;
    const time = seconds * 1000;
    if (!(time >= first && time <= last)) return 0;
    store<f64>(out + i, time);
  }
  return 1;
}
