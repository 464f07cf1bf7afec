// Snappy, as its format description has it (google/snappy, format_description.txt).

/**
 * Unpacks a block.
 *
 * @param packed address of the block; 16 bytes behind its end can be read
 * @param length of the block
 * @param out 16 bytes behind its end may be written, too
 * @param size bytes that it unpacks to
 * @returns 1 where it is a whole block of that size; else part of `out` may be filled
 */
export function unpackSnappy(packed: usize, length: u32, out: usize, size: u32): i32 {
  const end = packed + length;
  const last = out + size;
  let at = packed;
  let to = out;
  let said: u64 = 0;
  for (let shift: u64 = 0; ; shift += 7) {
    if (at >= end || shift > 28) return 0;
    const byte = <u64>load<u8>(at);
    at += 1;
    said |= (byte & 127) << shift;
    if (byte < 128) break;
  }
  if (said != <u64>size) return 0;
  while (at < end) {
    const tag = <u32>load<u8>(at);
    const kind = tag & 3;
    at += 1;
    if (kind == 0) {
      let count: usize = (tag >> 2) + 1;
      if (count > 60) {
        // The length stands in one to four bytes of its own.
        const bytes = count - 60;
        if (bytes > end - at) return 0;
        count = (load<u32>(at) & ((<u32>-1) >> (32 - ((<u32>bytes) << 3)))) + 1;
        at += bytes;
      }
      if (count == 0 || count > end - at || count > last - to) return 0;
      if (count <= 16) v128.store(to, v128.load(at));
      else memory.copy(to, at, count);
      at += count;
      to += count;
      continue;
    }
    let count: usize = (tag >> 2) + 1;
    let offset: usize;
    if (kind == 1) {
      if (at == end) return 0;
      count = ((tag >> 2) & 7) + 4;
      offset = ((tag >> 5) << 8) | (<u32>load<u8>(at));
      at += 1;
    } else {
      const bytes: usize = kind == 2 ? 2 : 4;
      if (bytes > end - at) return 0;
      offset = kind == 2 ? <usize>load<u16>(at) : <usize>load<u32>(at);
      at += bytes;
    }
    if (offset == 0 || offset > to - out || count > last - to) return 0;
    repeat(to, offset, count);
    to += count;
  }
  return to == last ? 1 : 0;
}

/** Copies bytes that stand `offset` before; where they are fewer than `count`, over and over. Writes up to 15 more. */
function repeat(to: usize, offset: usize, count: usize): void {
  const from = to - offset;
  if (offset >= 16) {
    for (let i: usize = 0; i < count; i += 16) v128.store(to + i, v128.load(from + i));
  } else if (offset >= 8) {
    for (let i: usize = 0; i < count; i += 8) store<u64>(to + i, load<u64>(from + i));
  } else {
    for (let i: usize = 0; i < count; i += 1) store<u8>(to + i, load<u8>(from + i));
  }
}
