/** Below this the engine's own sort is as fast. */
const RADIX_FROM = 30_000;
/** Three digits in each word of 32 bits, the lowest first: few enough values for a cache to hold their places. */
const SHIFTS = [0, 11, 22] as const;
const DIGITS = 1 << 11;

/**
 * The numbers in ascending order. Long arrays go through a radix sort of the numbers' 64 bits, six digits of 11
 * or 10, which takes less than half the time of a comparing sort.
 * @param values no NaN, and no −0 beside 0; their memory is used, and holds anything afterwards
 */
export function sortNumbers(values: Float64Array): Float64Array {
  const { length } = values;
  if (length < RADIX_FROM) return values.sort();
  // Little-endian words, as on every machine that runs wasm: the low word of a number comes first.
  let from: Uint32Array = new Uint32Array(values.buffer, values.byteOffset, 2 * length);
  let to: Uint32Array = new Uint32Array(2 * length);
  toOrderedBits(from);
  const counts = countDigits(from);
  for (let digit = 0; digit < 6; digit += 1) {
    const word = digit < 3 ? 0 : 1;
    const shift = SHIFTS[digit % 3] ?? 0;
    const starts = counts.subarray(digit * DIGITS, (digit + 1) * DIGITS);
    if (starts[((from[word] ?? 0) >>> shift) & (DIGITS - 1)] === length) continue;
    toStarts(starts);
    for (let i = 0; i < 2 * length; i += 2) {
      const key = ((from[i + word] ?? 0) >>> shift) & (DIGITS - 1);
      const at = starts[key] ?? 0;
      starts[key] = at + 1;
      to[2 * at] = from[i] ?? 0;
      to[2 * at + 1] = from[i + 1] ?? 0;
    }
    [from, to] = [to, from];
  }
  fromOrderedBits(from);
  return new Float64Array(from.buffer, from.byteOffset, length);
}

/** Bits that rise with the number: all of a negative one's flipped, else only the sign. */
function toOrderedBits(words: Uint32Array): void {
  for (let i = 0; i < words.length; i += 2) {
    const high = words[i + 1] ?? 0;
    if (high >>> 31 === 1) {
      words[i] = ~(words[i] ?? 0);
      words[i + 1] = ~high;
    } else words[i + 1] = high | 0x80000000;
  }
}

function fromOrderedBits(words: Uint32Array): void {
  for (let i = 0; i < words.length; i += 2) {
    const high = words[i + 1] ?? 0;
    if (high >>> 31 === 0) {
      words[i] = ~(words[i] ?? 0);
      words[i + 1] = ~high;
    } else words[i + 1] = high & 0x7fffffff;
  }
}

/** How often each value of each digit occurs, the lowest digit's counts first. */
function countDigits(words: Uint32Array): Uint32Array {
  const counts = new Uint32Array(6 * DIGITS);
  for (let i = 0; i < words.length; i += 2) {
    countWord(counts, 0, words[i] ?? 0);
    countWord(counts, 3 * DIGITS, words[i + 1] ?? 0);
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
