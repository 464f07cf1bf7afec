// Layer normalization of matrices of float32 [rows, width], row by row; widths are multiples of 4.

/** The numbers of a row, summed in four lanes and these in pairs. */
function sumOf(lanes: v128): f32 {
  return (
    f32x4.extract_lane(lanes, 0) +
    f32x4.extract_lane(lanes, 1) +
    (f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3))
  );
}

/**
 * to = normalized · scale + offset, where normalized = (from − mean) ÷ √(variance + floor).
 *
 * @param inverses 1 ÷ √(variance + floor) of each row
 */
export function normRows(
  from: usize,
  rows: i32,
  width: i32,
  floor: f32,
  scale: usize,
  offset: usize,
  normalized: usize,
  inverses: usize,
  to: usize,
): void {
  const step = (<usize>width) << 2;
  const part: f32 = <f32>1 / <f32>width;
  for (let i = 0; i < rows; i += 1) {
    let sum = f32x4.splat(0);
    for (let at: usize = 0; at < step; at += 16) sum = f32x4.add(sum, v128.load(from + at));
    const mean = f32x4.splat(sumOf(sum) * part);
    let squares = f32x4.splat(0);
    for (let at: usize = 0; at < step; at += 16) {
      const away = f32x4.sub(v128.load(from + at), mean);
      squares = f32x4.add(squares, f32x4.mul(away, away));
    }
    const inverse: f32 = <f32>1 / sqrt<f32>(sumOf(squares) * part + floor);
    store<f32>(inverses, inverse);
    const factor = f32x4.splat(inverse);
    for (let at: usize = 0; at < step; at += 16) {
      const own = f32x4.mul(f32x4.sub(v128.load(from + at), mean), factor);
      v128.store(normalized + at, own);
      const scaled = f32x4.mul(own, v128.load(scale + at));
      v128.store(to + at, f32x4.add(scaled, v128.load(offset + at)));
    }
    from += step;
    normalized += step;
    to += step;
    inverses += 4;
  }
}

/** Derivatives by what `normRows` gave become those by what it got, in place. */
export function normRowsBack(
  derivatives: usize,
  rows: i32,
  width: i32,
  scale: usize,
  normalized: usize,
  inverses: usize,
): void {
  const step = (<usize>width) << 2;
  const part: f32 = <f32>1 / <f32>width;
  for (let i = 0; i < rows; i += 1) {
    let sum = f32x4.splat(0);
    let along = f32x4.splat(0);
    for (let at: usize = 0; at < step; at += 16) {
      const slope = f32x4.mul(v128.load(derivatives + at), v128.load(scale + at));
      v128.store(derivatives + at, slope);
      sum = f32x4.add(sum, slope);
      along = f32x4.add(along, f32x4.mul(slope, v128.load(normalized + at)));
    }
    const mean = f32x4.splat(sumOf(sum) * part);
    const product = f32x4.splat(sumOf(along) * part);
    const factor = v128.load32_splat(inverses);
    for (let at: usize = 0; at < step; at += 16) {
      const own = f32x4.mul(v128.load(normalized + at), product);
      const rest = f32x4.sub(f32x4.sub(v128.load(derivatives + at), mean), own);
      v128.store(derivatives + at, f32x4.mul(rest, factor));
    }
    derivatives += step;
    normalized += step;
    inverses += 4;
  }
}
