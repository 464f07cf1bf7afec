/**
 * Drops numbers of a matrix of float32 [rows, columns]: each is 0, or times `factor`, as a hash of its place says
 * (core/networks/drop-mask.ts is the same hash). Rows are `step` bytes apart, a multiple of 16; what fills them up is 0.
 *
 * @param from the numbers; may be `to`
 * @param key tells this matrix from others
 * @param limit hashes below it are dropped
 */
export function dropout(
  from: usize,
  to: usize,
  rows: i32,
  columns: i32,
  step: usize,
  key: i32,
  limit: i32,
  factor: f32,
): void {
  const least = i32x4.splat(limit);
  const factors = f32x4.splat(factor);
  for (let i = 0; i < rows; i += 1) {
    let place = i32x4.add(i32x4.splat(key + i * columns), i32x4(0, 1, 2, 3));
    for (let at: usize = 0; at < step; at += 16) {
      const isKept = i32x4.ge_u(hashed(place), least);
      v128.store(to + at, v128.and(f32x4.mul(v128.load(from + at), factors), isKept));
      place = i32x4.add(place, i32x4.splat(4));
    }
    from += step;
    to += step;
  }
}

/** The last steps of MurmurHash3 (Appleby, 2011), which let every bit change every other. */
function hashed(word: v128): v128 {
  let h = v128.xor(word, i32x4.shr_u(word, 16));
  h = i32x4.mul(h, i32x4.splat(0x85ebca6b));
  h = v128.xor(h, i32x4.shr_u(h, 13));
  h = i32x4.mul(h, i32x4.splat(0xc2b2ae35));
  return v128.xor(h, i32x4.shr_u(h, 16));
}
