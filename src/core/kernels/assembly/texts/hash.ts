// Hashes of fields, to find equal ones by.

const LF: i8 = 10;
const CR: i8 = 13;
/** Odd numbers whose bits look drawn: those of MurmurHash3's last step. */
const FIRST: u64 = 0xff51afd7ed558ccd;
const SECOND: u64 = 0xc4ceb9fe1a85ec53;

/**
 * The hash and the length in bytes of each field's content, without its quotes: fields of up to eight bytes have
 * equal hashes only where they are equal.
 *
 * @param text address of the text; 16 bytes behind its end can be read
 * @param starts uint32 offset of each field
 * @param quote -1 where nothing encloses fields; no quote is doubled
 * @param out three uint32 a field: two of the hash, and the length
 */
export function hashFields(
  text: usize,
  starts: usize,
  count: i32,
  delimiter: i32,
  quote: i32,
  out: usize,
): void {
  const feeds = i8x16.splat(LF);
  const returns = i8x16.splat(CR);
  const delimiters = i8x16.splat(<i8>delimiter);
  const quotes = i8x16.splat(<i8>quote);
  for (let i = 0; i < count; i += 1) {
    let from = text + <usize>load<u32>(starts);
    let to: usize;
    if (<i32>load<u8>(from) == quote) {
      from += 1;
      to = endOf(from, quotes, quotes, quotes);
    } else {
      to = endOf(from, delimiters, feeds, returns);
    }
    const length = to - from;
    const hash = length <= 8 ? mixed(shortWord(from, length)) : hashOf(from, to);
    store<u64>(out, hash);
    store<u32>(out + 8, <u32>length);
    starts += 4;
    out += 12;
  }
}

/** Where the first of three bytes stands. */
function endOf(from: usize, one: v128, two: v128, three: v128): usize {
  let at = from;
  let ends = 0;
  while (true) {
    const bytes = v128.load(at);
    ends = i8x16.bitmask(
      v128.or(i8x16.eq(bytes, one), v128.or(i8x16.eq(bytes, two), i8x16.eq(bytes, three))),
    );
    if (ends != 0) break;
    at += 16;
  }
  return at + <usize>ctz(ends);
}

/** Up to eight bytes as one number. */
function shortWord(from: usize, length: usize): u64 {
  const bits = (<u64>length) << 3;
  // A shift by 64 is one by 0.
  return length == 0 ? 0 : load<u64>(from) & ((<u64>-1) >> (64 - bits));
}

/** More than eight bytes, eight at a time; the last eight may share some with those before. */
function hashOf(from: usize, to: usize): u64 {
  let hash: u64 = 0;
  for (let at = from; at + 8 < to; at += 8) hash = mixed(hash ^ load<u64>(at)) * SECOND;
  return mixed(hash ^ load<u64>(to - 8));
}

/** Each step can be undone, so that different numbers stay different (Stafford's way of mixing 64 bits). */
function mixed(word: u64): u64 {
  let bits = word;
  bits = (bits ^ (bits >> 33)) * FIRST;
  bits = (bits ^ (bits >> 33)) * SECOND;
  return bits ^ (bits >> 33);
}
