// The largest numbers of the columns of a matrix. Numbers are float32, widths a multiple of 4 of them.

/** The largest number of each column of [rows, width]; what is no number is the largest. */
export function maxRows(values: usize, rows: i32, width: i32, to: usize): void {
  const step = (<usize>width) << 2;
  for (let j: usize = 0; j < step; j += 16) v128.store(to + j, largest(values + j, rows, step));
}

/**
 * The way back: the first of the largest in its column gets the derivative, the others 0.
 *
 * @param given derivatives by what it gave [width]
 * @param derivatives those by the matrix, which lie as it does
 */
export function maxRowsBack(
  values: usize,
  rows: i32,
  width: i32,
  given: usize,
  derivatives: usize,
): void {
  const step = (<usize>width) << 2;
  for (let j: usize = 0; j < step; j += 16) {
    const top = largest(values + j, rows, step);
    let left = v128.load(given + j);
    let at: usize = j;
    for (let i = 0; i < rows; i += 1) {
      const isTop = f32x4.eq(v128.load(values + at), top);
      v128.store(derivatives + at, v128.and(left, isTop));
      left = v128.andnot(left, isTop);
      at += step;
    }
  }
}

function largest(column: usize, rows: i32, step: usize): v128 {
  let top = v128.load(column);
  for (let i = 1; i < rows; i += 1) {
    column += step;
    top = f32x4.max(top, v128.load(column));
  }
  return top;
}
