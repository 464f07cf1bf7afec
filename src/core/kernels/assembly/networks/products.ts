// Products of matrices of float32. Widths are multiples of 8 and heights of 4: what is too much holds zeros.

/**
 * C = A · B + bias, row after row. Each number of C is one sum in the order of the rows of B, and the bias comes last, as
 * in onnxruntime's wasm: its bits are the same everywhere.
 *
 * @param a A [m, k], whose numbers are `rowStep` bytes apart from row to row, and `columnStep` from column to column
 * @param b B [k, n]
 * @param bias [n]; address 0 for none
 * @param c C [m, n]
 * @param panel room for 8 · k numbers
 */
export function multiply(
  a: usize,
  rowStep: usize,
  columnStep: usize,
  b: usize,
  bias: usize,
  c: usize,
  m: i32,
  n: i32,
  k: i32,
  panel: usize,
): void {
  const width = (<usize>n) << 2;
  for (let j: usize = 0; j < width; j += 32) {
    takePanel(b + j, width, k, panel);
    const first = bias == 0 ? f32x4.splat(0) : v128.load(bias + j);
    const second = bias == 0 ? f32x4.splat(0) : v128.load(bias + j, 16);
    for (let i = 0; i < m; i += 4) {
      const rows = a + <usize>i * rowStep;
      multiplyTile(
        rows,
        rowStep,
        columnStep,
        panel,
        first,
        second,
        c + j + <usize>i * width,
        width,
        k,
      );
    }
  }
}

/** Eight columns of B one row behind the other, where the processor's nearest memory holds them all. */
function takePanel(b: usize, width: usize, k: i32, panel: usize): void {
  for (let p = 0; p < k; p += 1) {
    v128.store(panel, v128.load(b));
    v128.store(panel, v128.load(b, 16), 16);
    b += width;
    panel += 32;
  }
}

/** Four rows of eight columns. */
function multiplyTile(
  a: usize,
  rowStep: usize,
  columnStep: usize,
  b: usize,
  first: v128,
  second: v128,
  c: usize,
  width: usize,
  k: i32,
): void {
  let sum00 = f32x4.splat(0);
  let sum01 = f32x4.splat(0);
  let sum10 = f32x4.splat(0);
  let sum11 = f32x4.splat(0);
  let sum20 = f32x4.splat(0);
  let sum21 = f32x4.splat(0);
  let sum30 = f32x4.splat(0);
  let sum31 = f32x4.splat(0);
  const a1 = rowStep;
  const a2 = rowStep * 2;
  const a3 = rowStep * 3;
  for (let p = 0; p < k; p += 1) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load32_splat(a);
    sum00 = f32x4.add(sum00, f32x4.mul(x0, b0));
    sum01 = f32x4.add(sum01, f32x4.mul(x0, b1));
    const x1 = v128.load32_splat(a + a1);
    sum10 = f32x4.add(sum10, f32x4.mul(x1, b0));
    sum11 = f32x4.add(sum11, f32x4.mul(x1, b1));
    const x2 = v128.load32_splat(a + a2);
    sum20 = f32x4.add(sum20, f32x4.mul(x2, b0));
    sum21 = f32x4.add(sum21, f32x4.mul(x2, b1));
    const x3 = v128.load32_splat(a + a3);
    sum30 = f32x4.add(sum30, f32x4.mul(x3, b0));
    sum31 = f32x4.add(sum31, f32x4.mul(x3, b1));
    a += columnStep;
    b += 32;
  }
  v128.store(c, f32x4.add(sum00, first));
  v128.store(c, f32x4.add(sum01, second), 16);
  v128.store(c + width, f32x4.add(sum10, first));
  v128.store(c + width, f32x4.add(sum11, second), 16);
  v128.store(c + width * 2, f32x4.add(sum20, first));
  v128.store(c + width * 2, f32x4.add(sum21, second), 16);
  v128.store(c + width * 3, f32x4.add(sum30, first));
  v128.store(c + width * 3, f32x4.add(sum31, second), 16);
}

/** [rows, columns] as [columns, rows]; both multiples of 4. */
export function transpose(from: usize, rows: i32, columns: i32, to: usize): void {
  const width = (<usize>columns) << 2;
  const height = (<usize>rows) << 2;
  for (let i = 0; i < rows; i += 4) {
    for (let j = 0; j < columns; j += 4) {
      const at = from + <usize>i * width + ((<usize>j) << 2);
      const r0 = v128.load(at);
      const r1 = v128.load(at + width);
      const r2 = v128.load(at + width * 2);
      const r3 = v128.load(at + width * 3);
      const low0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
      const low1 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
      const high0 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
      const high1 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
      const out = to + <usize>j * height + ((<usize>i) << 2);
      v128.store(out, v128.shuffle<f64>(low0, low1, 0, 2));
      v128.store(out + height, v128.shuffle<f64>(low0, low1, 1, 3));
      v128.store(out + height * 2, v128.shuffle<f64>(high0, high1, 0, 2));
      v128.store(out + height * 3, v128.shuffle<f64>(high0, high1, 1, 3));
    }
  }
}

/** The sum of each column of [rows, width], row after row; `width` is a multiple of 4. */
export function sumRows(values: usize, rows: i32, width: i32, sums: usize): void {
  const step = (<usize>width) << 2;
  for (let j: usize = 0; j < step; j += 16) {
    let sum = f32x4.splat(0);
    let at = values + j;
    for (let i = 0; i < rows; i += 1) {
      sum = f32x4.add(sum, v128.load(at));
      at += step;
    }
    v128.store(sums + j, sum);
  }
}

/** Rows in an order, one behind the other; each has so many bytes, a multiple of 16. */
export function gatherRows(from: usize, order: usize, rows: i32, bytes: usize, to: usize): void {
  for (let i = 0; i < rows; i += 1) {
    const row = from + <usize>load<u32>(order) * bytes;
    for (let at: usize = 0; at < bytes; at += 16) v128.store(to + at, v128.load(row + at));
    order += 4;
    to += bytes;
  }
}

/** Numbers of 32 bits in an order, one behind the other. */
export function gatherWords(from: usize, order: usize, count: i32, to: usize): void {
  for (let i = 0; i < count; i += 1) {
    store<u32>(to, load<u32>(from + ((<usize>load<u32>(order)) << 2)));
    order += 4;
    to += 4;
  }
}
