/** Numbers over a power of two: `values · unit · ease` is what they were. */
export interface Scaled {
  /** The largest of them is from 1 up to 2, so that no square of it overflows or vanishes. */
  readonly values: Float64Array;
  readonly unit: number;
  /** 1 but where `unit` alone would be no 64-bit number. */
  readonly ease: number;
}

/** Where a difference of two numbers may be no 64-bit number any more. */
const NEAR_OVERFLOW = 1e300;
const EASE = 1 << 30;

/**
 * Numbers whose squares may be no 64-bit numbers, such as 1e300 and 1e-300, made ones whose squares are. Division by a power of
 * two rounds nothing, so that what is computed of ordinary numbers has the same bits as without it.
 */
export function scaled(values: Float64Array, ease = 1): Scaled {
  const unit = powerBelow(largestOf(values));
  return { values: values.map((value) => value / unit), unit, ease };
}

/** What was predicted less than what there was, scaled. */
export function scaledErrors(actual: Float64Array, predicted: Float64Array): Scaled {
  const ease = Math.max(largestOf(actual), largestOf(predicted)) < NEAR_OVERFLOW ? 1 : EASE;
  return scaled(
    actual.map((value, i) => value / ease - (predicted[i] ?? 0) / ease),
    ease,
  );
}

/** A scaled number as it was; ±Infinity where it is past 64-bit numbers. */
export function unscaled(value: number, { unit, ease }: Scaled): number {
  return value * unit * ease;
}

function largestOf(values: Float64Array): number {
  return values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}

/** The largest power of two that is not above a number; the smallest that there is where the number is below all normal ones. */
function powerBelow(size: number): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, size);
  // Sign and exponent stay, the fraction goes.
  bits.setUint32(0, bits.getUint32(0) & 0xfff00000);
  bits.setUint32(4, 0);
  return bits.getFloat64(0) || Number.MIN_VALUE;
}
