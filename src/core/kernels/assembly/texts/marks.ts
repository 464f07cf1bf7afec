// Where the bytes stand that end or enclose fields.

const LF: i8 = 10;
const CR: i8 = 13;

/**
 * The offsets of delimiters, quotes and line ends in part of a text, in order.
 *
 * @param text address of the text; 16 bytes behind `to` can be read
 * @param from offset of the first byte that is looked at
 * @param to offset behind the last
 * @param quote -1 where nothing encloses fields: no byte of UTF-8
 * @param out room for a uint32 a byte
 * @returns how many were found
 */
export function findMarks(
  text: usize,
  from: i32,
  to: i32,
  delimiter: i32,
  quote: i32,
  out: usize,
): i32 {
  const feeds = i8x16.splat(LF);
  const returns = i8x16.splat(CR);
  const delimiters = i8x16.splat(<i8>delimiter);
  const quotes = i8x16.splat(<i8>quote);
  let next = out;
  for (let at = from; at < to; at += 16) {
    const bytes = v128.load(text + <usize>at);
    let found = i8x16.bitmask(
      v128.or(
        v128.or(i8x16.eq(bytes, delimiters), i8x16.eq(bytes, quotes)),
        v128.or(i8x16.eq(bytes, feeds), i8x16.eq(bytes, returns)),
      ),
    );
    if (to - at < 16) found &= (1 << (to - at)) - 1;
    while (found != 0) {
      store<i32>(next, at + ctz(found));
      found &= found - 1;
      next += 4;
    }
  }
  return <i32>((next - out) >> 2);
}
