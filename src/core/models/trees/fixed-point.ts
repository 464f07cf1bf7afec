/**
 * How gradients and hessians become integers, so that their sums are exact and the same in any order. A bin holds the
 * sum of gradients as an int64, and in a uint64 the sum of hessians above `shift` bits that count rows.
 */
export interface FixedPoint {
  readonly shift: number;
  readonly gradientScale: number;
  readonly hessianScale: number;
}

const WORD = 4_294_967_296;
/** Kernels round numbers below 2^51. */
const MOST_BITS = 50;
/** Whole numbers that float64 holds have so many bits. */
const EXACT_BITS = 52;

/**
 * Scales, powers of two, with which no sum over `rows` rows overflows: at 100,000 rows a gradient keeps 45 bits of the
 * largest one and a hessian 29, at a million rows 42 and 23 (a float32 has 24).
 */
export function fixedPoint(
  rows: number,
  largestGradient: number,
  largestHessian: number,
): FixedPoint {
  const shift = 32 - Math.clz32(rows);
  return {
    shift,
    gradientScale: powerOfTwo(Math.min(MOST_BITS, 62 - shift)) / powerAbove(largestGradient),
    hessianScale: powerOfTwo(Math.min(MOST_BITS, 63 - 2 * shift)) / powerAbove(largestHessian),
  };
}

/**
 * What numbers are multiplied by to be whole, so that sums of them over `rows` rows are exact in float64, in any order.
 * @param largest of them
 */
export function exactScale(rows: number, largest: number): number {
  return powerOfTwo(EXACT_BITS - (32 - Math.clz32(rows))) / powerAbove(largest);
}

/** Numbers as multiples of 1 ÷ scale: what is above 0 stays so. */
export function inUnits(values: Float64Array, scale: number): Float64Array {
  return values.map((value) => (value > 0 ? Math.max(1, Math.round(value * scale)) / scale : 0));
}

function powerOfTwo(exponent: number): number {
  let power = 1;
  for (let i = 0; i < exponent; i += 1) power *= 2;
  return power;
}

/** The smallest power of two that is not below a value; 1 for 0. */
function powerAbove(value: number): number {
  let power = 1;
  if (value === 0) return power;
  while (power < value) power *= 2;
  while (power / 2 >= value) power /= 2;
  return power;
}

/** The sum of hessians in a bin's second number. */
export function hessianOf(sum: bigint, { shift, hessianScale }: FixedPoint): number {
  return Number(sum >> BigInt(shift)) / hessianScale;
}

/** The count of rows in a bin's second number. */
export function countOf(sum: bigint, { shift }: FixedPoint): number {
  return Number(BigInt.asUintN(shift, sum));
}

/** The sum of gradients in a bin's first number. */
export function gradientOf(sum: bigint, { gradientScale }: FixedPoint): number {
  return Number(BigInt.asIntN(64, sum)) / gradientScale;
}

/** The sum of gradients of a bin, from 32-bit words: without making a bigint of it. */
export function gradientAt(
  words: Int32Array,
  place: number,
  { gradientScale }: FixedPoint,
): number {
  return ((words[place + 1] ?? 0) * WORD + ((words[place] ?? 0) >>> 0)) / gradientScale;
}

/** The count of rows of a bin, from 32-bit words. */
export function countAt(words: Int32Array, place: number, { shift }: FixedPoint): number {
  return ((words[place + 2] ?? 0) & (powerOfTwo(shift) - 1)) >>> 0;
}

/** The sum of hessians of a bin, from 32-bit words. */
export function hessianAt(
  words: Int32Array,
  place: number,
  { shift, hessianScale }: FixedPoint,
): number {
  const high = ((words[place + 3] ?? 0) >>> 0) * (WORD / powerOfTwo(shift));
  return (high + ((words[place + 2] ?? 0) >>> shift)) / hessianScale;
}
