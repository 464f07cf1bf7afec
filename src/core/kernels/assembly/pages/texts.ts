// Texts one behind the other, each after four bytes that say its length: Parquet's plain encoding of byte arrays.

/**
 * Finds where texts begin. Places are bytes from the beginning of the page.
 *
 * @param page its address
 * @param from place of the first length
 * @param to behind the page's last byte
 * @param starts a uint32 for each text: the place of its first byte
 * @returns where the last one ends; 0 where a text would reach past the page
 */
export function placeTexts(page: usize, from: u32, to: u32, count: u32, starts: usize): u32 {
  let at = from;
  for (let i: u32 = 0; i < count; i += 1) {
    if (to - at < 4) return 0;
    const length = load<u32>(page + at);
    at += 4;
    if (length > to - at) return 0;
    store<u32>(starts, at);
    starts += 4;
    at += length;
  }
  return at;
}

/**
 * Writes a word over the length before each text, and adds to where each begins.
 *
 * @param starts as `placeTexts` fills them
 * @param shift modulo 2^32
 */
export function overwriteLengths(
  page: usize,
  starts: usize,
  count: u32,
  word: u32,
  shift: u32,
): void {
  for (const end = starts + ((<usize>count) << 2); starts < end; starts += 4) {
    const start = load<u32>(starts);
    store<u32>(page + start - 4, word);
    store<u32>(starts, start + shift);
  }
}

/** Whether all bytes are below 128: 1 or 0. */
export function areAscii(from: usize, length: u32): i32 {
  const whole = length & ~15;
  let seen = i8x16.splat(0);
  for (let i: usize = 0; i < whole; i += 16) seen = v128.or(seen, v128.load(from + i));
  if (i8x16.bitmask(seen) != 0) return 0;
  for (let i: usize = whole; i < length; i += 1) {
    if (load<u8>(from + i) >= 128) return 0;
  }
  return 1;
}
