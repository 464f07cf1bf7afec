// Values packed without gaps.

/**
 * Unpacks values, the lowest bits first.
 *
 * @param from address of the first; 8 bytes behind the last can be read
 * @param width bits of each, at most 32
 * @param out a uint32 each
 * @returns the highest of them
 */
export function unpackBits(from: usize, width: u32, count: u32, out: usize): u32 {
  const mask = ((<u64>1) << (<u64>width)) - 1;
  let highest: u32 = 0;
  let bit: u32 = 0;
  for (let i: u32 = 0; i < count; i += 1) {
    const word = load<u64>(from + (bit >> 3)) >> (<u64>(bit & 7));
    const value = <u32>(word & mask);
    if (value > highest) highest = value;
    store<u32>(out, value);
    out += 4;
    bit += width;
  }
  return highest;
}
