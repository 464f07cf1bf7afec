import type { DecodedArray, ParquetType } from 'hyparquet';
import { parseFloat16 } from 'hyparquet/src/convert.js';
import { textOfNumber } from '../../number-cells.ts';
import { PLAIN_TIMES } from '../../plain-dates.ts';
import type { PageMemory } from './page-memory.ts';

const TWO_32 = 4_294_967_296;
const DAY = 86_400_000;

/**
 * Stored values as float64, NaN for NaN; null where one would not be exact, or is infinite.
 * @param memory where they may be held; what is found is then valid until the next page is unpacked
 */
export function exactNumbers(
  values: DecodedArray,
  { type, unsigned }: { readonly type: ParquetType; readonly unsigned: boolean },
  memory: PageMemory | null = null,
): Float64Array | null {
  if (values instanceof BigInt64Array) {
    const isHeld = memory?.holds(values) === true;
    return isHeld ? memory.exactIntegers(values, unsigned) : integers64(values, unsigned);
  }
  if (type === 'INT32') {
    return unsigned
      ? Float64Array.from(values as Int32Array, (value) => value >>> 0)
      : Float64Array.from(values as Int32Array);
  }
  const numbers =
    type === 'FIXED_LEN_BYTE_ARRAY'
      ? Float64Array.from(values as Uint8Array[], (value) => parseFloat16(value) ?? NaN)
      : values instanceof Float64Array
        ? values
        : Float64Array.from(values as Float32Array);
  for (let i = 0; i < numbers.length; i += 1)
    if (Math.abs(numbers[i] ?? 0) === Infinity) return null;
  return numbers;
}

/** A stored number in all its digits; the empty text for NaN. */
export function numberText(
  value: unknown,
  { type, unsigned }: { readonly type: ParquetType; readonly unsigned: boolean },
): string {
  if (typeof value === 'bigint') return String(unsigned ? BigInt.asUintN(64, value) : value);
  if (value instanceof Uint8Array) return numberText(parseFloat16(value), { type, unsigned });
  const number = type === 'INT32' && unsigned ? Number(value) >>> 0 : Number(value);
  return Number.isNaN(number) ? '' : textOfNumber(number);
}

/** From their two halves, since a bigint for each would take most of the time. */
function integers64(values: BigInt64Array, unsigned: boolean): Float64Array | null {
  const halves = halvesOf(values);
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < values.length; i += 1) {
    const high = halves[2 * i + 1] ?? 0;
    const value = (unsigned ? high >>> 0 : high) * TWO_32 + ((halves[2 * i] ?? 0) >>> 0);
    if (!Number.isSafeInteger(value)) return null;
    numbers[i] = value;
  }
  return numbers;
}

/**
 * Stored times as milliseconds since 1970; null where one is no whole second, or has a year that is not written with
 * four digits.
 * @param unit days, or how many of the stored units make one second
 * @param memory where they may be held; what is found is then valid until the next page is unpacked
 * @throws RangeError where they are not stored as such times are
 */
export function plainTimes(
  values: DecodedArray,
  unit: 'days' | number,
  memory: PageMemory | null = null,
): Float64Array | null {
  if (values.length === 0) return new Float64Array(0);
  if (unit !== 'days' && values instanceof BigInt64Array && memory?.holds(values) === true) {
    return memory.wholeSeconds(values, unit, PLAIN_TIMES);
  }
  const times =
    unit === 'days' && values instanceof Int32Array
      ? Float64Array.from(values, (days) => days * DAY)
      : unit !== 'days' && values instanceof BigInt64Array
        ? wholeSeconds(values, unit)
        : undefined;
  if (times === undefined) throw new RangeError('its dates are stored as something else');
  if (times === null) return null;
  for (const time of times)
    if (!(time >= PLAIN_TIMES.first && time <= PLAIN_TIMES.last)) return null;
  return times;
}

function wholeSeconds(values: BigInt64Array, unit: number): Float64Array | null {
  const halves = halvesOf(values);
  const times = new Float64Array(values.length);
  for (let i = 0; i < values.length; i += 1) {
    const low = (halves[2 * i] ?? 0) >>> 0;
    const seconds = Math.round(((halves[2 * i + 1] ?? 0) * TWO_32 + low) / unit);
    // What the rounded quotient leaves is far below 2^32: where the low halves are equal, it is 0.
    if (lowOfProduct(seconds, unit) !== low) return null;
    times[i] = seconds * 1000;
  }
  return times;
}

/** The low 32 bits of an integer's product with one below 2^31. */
function lowOfProduct(integer: number, factor: number): number {
  const upper = Math.floor(integer / 65_536);
  const lower = integer - upper * 65_536;
  return (Math.imul(lower, factor) + (Math.imul(upper, factor) << 16)) >>> 0;
}

function halvesOf(values: BigInt64Array): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, values.length * 2);
}
