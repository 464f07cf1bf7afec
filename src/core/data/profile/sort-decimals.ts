/** Below this many the engine's own sort is as fast. */
const LEAST = 30_000;
/** As many places as a cache holds are found fast: larger keys are sorted digit by digit. */
const MOST_COUNTED = 1 << 20;
const MOST_DIGIT_BITS = 11;
/** How many keys there are. */
const KEYS = 4_294_967_296;

/** What numbers may be whole multiples of: `times` divided by `by`. */
interface Unit {
  readonly times: number;
  readonly by: number;
}

/** From coarse to fine: a day and a second in milliseconds, one, and a tenth to a billionth. */
const UNITS: readonly Unit[] = [
  { times: 86_400_000, by: 1 },
  { times: 1000, by: 1 },
  ...Array.from({ length: 10 }, (_, k) => ({ times: 1, by: Number(`1e${k}`) })),
];

/** How many of a column's numbers are there, and between which they lie. */
export interface Extent {
  readonly count: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The numbers that are there in ascending order, 0 for −0, where all are whole multiples of one unit, and fewer than
 * 2^32 of these apart: decimals of a file mostly are. Keys of 32 bits need half the memory and half the passes
 * of what `sortNumbers` does, and their memory becomes the result's.
 * @param values NaN for missing
 * @returns null where they are no such numbers, or too few to be worth it
 */
export function sortDecimals(values: Float64Array, extent: Extent): Float64Array | null {
  const { count, low, high } = extent;
  if (count < LEAST) return null;
  const sorted = new Float64Array(count);
  for (const unit of UNITS) {
    const first = multiple(low, unit);
    const range = multiple(high, unit) - first;
    // In a finer unit there are only more.
    if (!(range < KEYS)) return null;
    const isCounted = range < Math.min(count, MOST_COUNTED);
    const passes = isCounted ? 1 : Math.ceil(bitsOf(range) / MOST_DIGIT_BITS);
    const [front, back] = halvesOf(sorted);
    // So that the last pass ends in the front.
    const keys = passes % 2 === 0 ? front : back;
    if (!toKeys(values, unit, first, keys)) continue;
    if (isCounted) spread(keys, range, front);
    else sortKeys(keys, keys === front ? back : front, passes, bitsOf(range));
    fromKeys(front, unit, first, sorted);
    return sorted;
  }
  return null;
}

function multiple(value: number, { times, by }: Unit): number {
  return Math.round((value * by) / times);
}

function bitsOf(range: number): number {
  return 32 - Math.clz32(range);
}

function halvesOf({ buffer, length }: Float64Array<ArrayBuffer>): [Uint32Array, Uint32Array] {
  return [new Uint32Array(buffer, 0, length), new Uint32Array(buffer, 4 * length, length)];
}

/** @returns whether each number is the one that its key stands for */
function toKeys(
  values: Float64Array,
  { times, by }: Unit,
  first: number,
  keys: Uint32Array,
): boolean {
  let next = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? NaN;
    if (Number.isNaN(value)) continue;
    const whole = Math.round((value * by) / times);
    if ((whole * times) / by !== value) return false;
    keys[next] = whole - first;
    next += 1;
  }
  return true;
}

/** From the end on: a number's eight bytes never reach a key that is yet to be read. */
function fromKeys(
  keys: Uint32Array,
  { times, by }: Unit,
  first: number,
  sorted: Float64Array,
): void {
  for (let i = sorted.length - 1; i >= 0; i -= 1) {
    sorted[i] = (((keys[i] ?? 0) + first) * times) / by;
  }
}

/** Sorts keys by counting each. */
function spread(keys: Uint32Array, range: number, to: Uint32Array): void {
  const counts = new Uint32Array(range + 1);
  for (let i = 0; i < keys.length; i += 1) {
    const key = keys[i] ?? 0;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  let at = 0;
  for (let key = 0; key < counts.length; key += 1) {
    const end = at + (counts[key] ?? 0);
    for (; at < end; at += 1) to[at] = key;
  }
}

/** A radix sort, the lowest digit first: from one array into the other and back. */
function sortKeys(keys: Uint32Array, others: Uint32Array, passes: number, bits: number): void {
  const width = Math.ceil(bits / passes);
  const mask = (1 << width) - 1;
  let [from, to] = [keys, others];
  for (let pass = 0; pass < passes; pass += 1) {
    moveBy(from, to, pass * width, mask);
    [from, to] = [to, from];
  }
}

function moveBy(from: Uint32Array, to: Uint32Array, shift: number, mask: number): void {
  const places = new Uint32Array(mask + 2);
  for (let i = 0; i < from.length; i += 1) {
    const after = (((from[i] ?? 0) >>> shift) & mask) + 1;
    places[after] = (places[after] ?? 0) + 1;
  }
  for (let digit = 1; digit <= mask; digit += 1) {
    places[digit] = (places[digit] ?? 0) + (places[digit - 1] ?? 0);
  }
  for (let i = 0; i < from.length; i += 1) {
    const key = from[i] ?? 0;
    const digit = (key >>> shift) & mask;
    const at = places[digit] ?? 0;
    places[digit] = at + 1;
    to[at] = key;
  }
}
