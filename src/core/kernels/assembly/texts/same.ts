// Whether fields are the same, byte for byte.

const LF: i8 = 10;
const CR: i8 = 13;

/**
 * Whether the two fields of each pair have the same content, quotes apart.
 *
 * @param text address of the text; 16 bytes behind its end can be read
 * @param pairs two uint32 offsets each, of fields that are equally long
 * @param quote -1 where nothing encloses fields; no quote is doubled
 * @returns 1 where all pairs have
 */
export function areSame(text: usize, pairs: usize, count: i32, delimiter: i32, quote: i32): i32 {
  const feeds = i8x16.splat(LF);
  const returns = i8x16.splat(CR);
  const delimiters = i8x16.splat(<i8>delimiter);
  const quotes = i8x16.splat(<i8>quote);
  for (let i = 0; i < count; i += 1) {
    let one = text + <usize>load<u32>(pairs);
    let two = text + <usize>load<u32>(pairs + 4);
    pairs += 8;
    if (one == two) continue;
    if (<i32>load<u8>(two) == quote) two += 1;
    const isSame =
      <i32>load<u8>(one) == quote
        ? isSameTo(one + 1, two, quotes, quotes, quotes)
        : isSameTo(one, two, delimiters, feeds, returns);
    if (!isSame) return 0;
  }
  return 1;
}

/** Whether bytes are the same up to the first of three in one of them. */
function isSameTo(one: usize, two: usize, end: v128, orEnd: v128, lastEnd: v128): bool {
  while (true) {
    const bytes = v128.load(one);
    const differ = ~i8x16.bitmask(i8x16.eq(bytes, v128.load(two))) & 0xffff;
    const ends = i8x16.bitmask(
      v128.or(i8x16.eq(bytes, end), v128.or(i8x16.eq(bytes, orEnd), i8x16.eq(bytes, lastEnd))),
    );
    if (ends != 0) return (differ & (ends ^ (ends - 1)) & ~ends) == 0;
    if (differ != 0) return false;
    one += 16;
    two += 16;
  }
}
