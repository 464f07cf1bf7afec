// Batch normalization of matrices of float32 [rows, width], column by column; widths are multiples of 4.

/** The mean of each column, and the mean of its squared distances from that. */
export function columnMoments(
  values: usize,
  rows: i32,
  width: i32,
  means: usize,
  variances: usize,
): void {
  const step = (<usize>width) << 2;
  const share = f32x4.splat(1 / <f32>rows);
  for (let j: usize = 0; j < step; j += 16) {
    let sum = f32x4.splat(0);
    let at = values + j;
    for (let i = 0; i < rows; i += 1) {
      sum = f32x4.add(sum, v128.load(at));
      at += step;
    }
    const mean = f32x4.mul(sum, share);
    let squares = f32x4.splat(0);
    at = values + j;
    for (let i = 0; i < rows; i += 1) {
      const away = f32x4.sub(v128.load(at), mean);
      squares = f32x4.add(squares, f32x4.mul(away, away));
      at += step;
    }
    v128.store(means + j, mean);
    v128.store(variances + j, f32x4.mul(squares, share));
  }
}

/** to = (from − mean) · factor */
export function normalize(
  from: usize,
  rows: i32,
  width: i32,
  means: usize,
  factors: usize,
  to: usize,
): void {
  const step = (<usize>width) << 2;
  for (let i = 0; i < rows; i += 1) {
    for (let j: usize = 0; j < step; j += 16) {
      const away = f32x4.sub(v128.load(from + j), v128.load(means + j));
      v128.store(to + j, f32x4.mul(away, v128.load(factors + j)));
    }
    from += step;
    to += step;
  }
}

/** to = from · factor + offset */
export function scaleColumns(
  from: usize,
  rows: i32,
  width: i32,
  factors: usize,
  offsets: usize,
  to: usize,
): void {
  const step = (<usize>width) << 2;
  for (let i = 0; i < rows; i += 1) {
    for (let j: usize = 0; j < step; j += 16) {
      const product = f32x4.mul(v128.load(from + j), v128.load(factors + j));
      v128.store(to + j, f32x4.add(product, v128.load(offsets + j)));
    }
    from += step;
    to += step;
  }
}

/** The sum of each column of the product of two matrices, number by number. */
export function sumProducts(a: usize, b: usize, rows: i32, width: i32, sums: usize): void {
  const step = (<usize>width) << 2;
  for (let j: usize = 0; j < step; j += 16) {
    let sum = f32x4.splat(0);
    let at = j;
    for (let i = 0; i < rows; i += 1) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(a + at), v128.load(b + at)));
      at += step;
    }
    v128.store(sums + j, sum);
  }
}

/**
 * Derivatives by what came out become those by what went in, in place:
 * slope · (derivative − mean − normalized · product), column by column.
 *
 * @param means of the derivatives
 * @param products means of derivative · normalized
 */
export function normalizeBack(
  derivatives: usize,
  normalized: usize,
  rows: i32,
  width: i32,
  slopes: usize,
  means: usize,
  products: usize,
): void {
  const step = (<usize>width) << 2;
  for (let i = 0; i < rows; i += 1) {
    for (let j: usize = 0; j < step; j += 16) {
      const along = f32x4.mul(v128.load(normalized + j), v128.load(products + j));
      const rest = f32x4.sub(f32x4.sub(v128.load(derivatives + j), v128.load(means + j)), along);
      v128.store(derivatives + j, f32x4.mul(rest, v128.load(slopes + j)));
    }
    derivatives += step;
    normalized += step;
  }
}
