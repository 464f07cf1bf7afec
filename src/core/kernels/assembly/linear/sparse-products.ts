// Products of rows of which only some cells are kept with coefficients. `starts` says for each row, and the one after the
// last, which cell its first one is; each cell has a place (int32) and a value (float32). Coefficients, and their gradient,
// lie as in row-products.ts.

/** Scores, class after class and `stride` bytes apart: intercept + (Σ over the row's 1st, 3rd, … cells + Σ over the others). */
export function scoreSparseRows(
  starts: usize,
  places: usize,
  values: usize,
  width: i32,
  rows: i32,
  coefficients: usize,
  classes: i32,
  scores: usize,
  stride: usize,
): void {
  for (let k = 0; k < classes; k++) {
    const intercept = load<f64>(coefficients + setBytes(width) - 8);
    let cell = load<i32>(starts);
    for (let i = 0; i < rows; i++) {
      const end = load<i32>(starts + ((<usize>(i + 1)) << 2));
      let even: f64 = 0;
      let odd: f64 = 0;
      for (; cell + 1 < end; cell += 2) {
        const at = (<usize>cell) << 2;
        even += coefficient(coefficients, places + at) * <f64>load<f32>(values + at);
        odd += coefficient(coefficients, places + at + 4) * <f64>load<f32>(values + at, 4);
      }
      if (cell < end) {
        const at = (<usize>cell) << 2;
        even += coefficient(coefficients, places + at) * <f64>load<f32>(values + at);
        cell++;
      }
      store<f64>(scores + ((<usize>i) << 3), intercept + (even + odd));
    }
    coefficients += setBytes(width);
    scores += stride;
  }
}

/** Adds rows, each times its factor for each class, to that class's gradient, and the factors to its intercept's. */
export function addSparseRows(
  starts: usize,
  places: usize,
  values: usize,
  width: i32,
  rows: i32,
  factors: usize,
  classes: i32,
  stride: usize,
  gradient: usize,
): void {
  for (let k = 0; k < classes; k++) {
    const intercept = gradient + setBytes(width) - 16;
    let sum = load<f64>(intercept);
    let cell = load<i32>(starts);
    for (let i = 0; i < rows; i++) {
      const end = load<i32>(starts + ((<usize>(i + 1)) << 2));
      const factor = load<f64>(factors + ((<usize>i) << 3));
      for (; cell < end; cell++) {
        const at = (<usize>cell) << 2;
        const entry = gradient + ((<usize>load<i32>(places + at)) << 3);
        store<f64>(entry, load<f64>(entry) + factor * <f64>load<f32>(values + at));
      }
      sum += factor;
    }
    store<f64>(intercept, sum);
    store<f64>(intercept, sum, 8);
    gradient += setBytes(width);
    factors += stride;
  }
}

function coefficient(coefficients: usize, place: usize): f64 {
  return load<f64>(coefficients + ((<usize>load<i32>(place)) << 3));
}

function setBytes(width: i32): usize {
  return ((<usize>((width + 1) >> 1)) << 4) + 16;
}
