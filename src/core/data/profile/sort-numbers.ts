/** Below this the engine's own sort is as fast. */
const RADIX_FROM = 30_000;
/** Three digits in each word of 32 bits, the lowest first: few enough values for a cache to hold their places. */
const SHIFTS = [0, 11, 22] as const;
const DIGITS = 1 << 11;
const SIGN = 1 << 31;

/**
 * The numbers in ascending order. Long arrays go through a radix sort by the numbers' 64 bits, six digits of 11
 * or 10, which takes less than half the time of a comparing sort.
 * @param values no NaN, and no −0 beside 0; their memory is used, and holds anything afterwards
 */
export function sortNumbers(values: Float64Array): Float64Array {
  const { length } = values;
  if (length < RADIX_FROM) return values.sort();
  let from: Float64Array = values;
  let to: Float64Array = new Float64Array(length);
  const counts = countDigits(wordsOf(from));
  for (let digit = 0; digit < 6; digit += 1) {
    const starts = counts.subarray(digit * DIGITS, (digit + 1) * DIGITS);
    if (starts.includes(length)) continue;
    toStarts(starts);
    const shift = SHIFTS[digit % 3] ?? 0;
    if (digit < 3) moveByLow(from, to, shift, starts);
    else moveByHigh(from, to, shift, starts);
    [from, to] = [to, from];
  }
  return from;
}

/** Little-endian words, as on every machine that runs wasm: the low word of a number comes first. */
function wordsOf(values: Float64Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
}

// Bits that rise with the number are its own with the sign's turned round, or all of a negative one's turned round.

function moveByLow(from: Float64Array, to: Float64Array, shift: number, starts: Uint32Array): void {
  const words = wordsOf(from);
  for (let i = 0; i < from.length; i += 1) {
    const negative = (words[2 * i + 1] ?? 0) >> 31;
    const key = (((words[2 * i] ?? 0) ^ negative) >>> shift) & (DIGITS - 1);
    const at = starts[key] ?? 0;
    starts[key] = at + 1;
    to[at] = from[i] ?? 0;
  }
}

function moveByHigh(
  from: Float64Array,
  to: Float64Array,
  shift: number,
  starts: Uint32Array,
): void {
  const words = wordsOf(from);
  for (let i = 0; i < from.length; i += 1) {
    const high = words[2 * i + 1] ?? 0;
    const key = ((high ^ ((high >> 31) | SIGN)) >>> shift) & (DIGITS - 1);
    const at = starts[key] ?? 0;
    starts[key] = at + 1;
    to[at] = from[i] ?? 0;
  }
}

/** How often each value of each digit occurs, the lowest digit's counts first. */
function countDigits(words: Uint32Array): Uint32Array {
  const counts = new Uint32Array(6 * DIGITS);
  for (let i = 0; i < words.length; i += 2) {
    const high = words[i + 1] ?? 0;
    const negative = high >> 31;
    countWord(counts, 0, (words[i] ?? 0) ^ negative);
    countWord(counts, 3 * DIGITS, high ^ (negative | SIGN));
  }
  return counts;
}

function countWord(counts: Uint32Array, from: number, word: number): void {
  count(counts, from + (word & (DIGITS - 1)));
  count(counts, from + DIGITS + ((word >>> 11) & (DIGITS - 1)));
  count(counts, from + 2 * DIGITS + (word >>> 22));
}

function count(counts: Uint32Array, key: number): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

function toStarts(counts: Uint32Array): void {
  let start = 0;
  for (let key = 0; key < counts.length; key += 1) {
    const count = counts[key] ?? 0;
    counts[key] = start;
    start += count;
  }
}
