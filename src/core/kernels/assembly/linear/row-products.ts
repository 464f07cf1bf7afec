// Products of rows with coefficients. Features are float32, row after row; all else is float64. Coefficients, and their
// gradient, have `setBytes(width)` for each class: the features', one more that is 0 where their number is odd, and the
// intercept twice. Rows come in fours: what follows the last row has to be there to read.

/** Scores, class after class and `stride` bytes apart: intercept + (Σ over even features + Σ over odd features). */
export function scoreRows(
  values: usize,
  width: i32,
  rows: i32,
  coefficients: usize,
  classes: i32,
  scores: usize,
  stride: usize,
): void {
  for (let k = 0; k < classes; k++) {
    scoreClass(values, width, rows, coefficients, scores);
    coefficients += setBytes(width);
    scores += stride;
  }
}

/** Adds rows, each times its factor for each class, to that class's gradient, and the factors to its intercept's. */
export function addRows(
  values: usize,
  width: i32,
  rows: i32,
  factors: usize,
  classes: i32,
  stride: usize,
  gradient: usize,
): void {
  for (let k = 0; k < classes; k++) {
    addClass(values, width, rows, factors, gradient);
    factors += stride;
    gradient += setBytes(width);
  }
}

/** Adds what each feature of each row differs from `first`, and its square, to the feature's sums; any number of rows. */
export function addMoments(
  values: usize,
  width: i32,
  rows: i32,
  first: usize,
  sums: usize,
  squares: usize,
): void {
  const pairs = pairBytes(width);
  for (let i = 0; i < rows; i++) {
    for (let j: usize = 0; j < pairs; j += 16) {
      addMoment(pair(values), first + j, sums + j, squares + j);
      values += 8;
    }
    if (width & 1) {
      addMoment(single(values), first + pairs, sums + pairs, squares + pairs);
      values += 4;
    }
  }
}

function scoreClass(values: usize, width: i32, rows: i32, own: usize, scores: usize): void {
  const row = (<usize>width) << 2;
  const pairs = own + pairBytes(width);
  const intercept = v128.load(interceptOf(own, width));
  for (let i = 0; i < rows; i += 4) {
    let at = values;
    let sum0 = f64x2.splat(0);
    let sum1 = sum0;
    let sum2 = sum0;
    let sum3 = sum0;
    for (let j = own; j < pairs; j += 16) {
      const w = v128.load(j);
      sum0 = f64x2.add(sum0, f64x2.mul(w, pair(at)));
      sum1 = f64x2.add(sum1, f64x2.mul(w, pair(at + row)));
      sum2 = f64x2.add(sum2, f64x2.mul(w, pair(at + row * 2)));
      sum3 = f64x2.add(sum3, f64x2.mul(w, pair(at + row * 3)));
      at += 8;
    }
    if (width & 1) {
      const w = v128.load(pairs);
      sum0 = f64x2.add(sum0, f64x2.mul(w, single(at)));
      sum1 = f64x2.add(sum1, f64x2.mul(w, single(at + row)));
      sum2 = f64x2.add(sum2, f64x2.mul(w, single(at + row * 2)));
      sum3 = f64x2.add(sum3, f64x2.mul(w, single(at + row * 3)));
    }
    v128.store(scores, f64x2.add(intercept, halves(sum0, sum1)));
    v128.store(scores, f64x2.add(intercept, halves(sum2, sum3)), 16);
    scores += 32;
    values += row << 2;
  }
}

function addClass(values: usize, width: i32, rows: i32, factors: usize, own: usize): void {
  const row = (<usize>width) << 2;
  const pairs = own + pairBytes(width);
  const intercept = interceptOf(own, width);
  for (let i = 0; i < rows; i += 4) {
    const f0 = v128.load64_splat(factors);
    const f1 = v128.load64_splat(factors, 8);
    const f2 = v128.load64_splat(factors, 16);
    const f3 = v128.load64_splat(factors, 24);
    let at = values;
    for (let j = own; j < pairs; j += 16) {
      const front = f64x2.add(f64x2.mul(f0, pair(at)), f64x2.mul(f1, pair(at + row)));
      const back = f64x2.add(f64x2.mul(f2, pair(at + row * 2)), f64x2.mul(f3, pair(at + row * 3)));
      add(j, f64x2.add(front, back));
      at += 8;
    }
    if (width & 1) {
      const front = f64x2.add(f64x2.mul(f0, single(at)), f64x2.mul(f1, single(at + row)));
      const far = at + row * 2;
      const back = f64x2.add(f64x2.mul(f2, single(far)), f64x2.mul(f3, single(far + row)));
      add(pairs, f64x2.add(front, back));
    }
    add(intercept, f64x2.add(f64x2.add(f0, f1), f64x2.add(f2, f3)));
    factors += 32;
    values += row << 2;
  }
}

function addMoment(value: v128, first: usize, sum: usize, square: usize): void {
  const away = f64x2.sub(value, v128.load(first));
  add(sum, away);
  add(square, f64x2.mul(away, away));
}

function add(at: usize, value: v128): void {
  v128.store(at, f64x2.add(v128.load(at), value));
}

/** Two features as float64. */
function pair(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at));
}

/** One feature as float64, and a 0. */
function single(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load32_zero(at));
}

/** The two halves of each sum, added. */
function halves(first: v128, second: v128): v128 {
  return f64x2.add(v128.shuffle<f64>(first, second, 0, 2), v128.shuffle<f64>(first, second, 1, 3));
}

function pairBytes(width: i32): usize {
  return (<usize>(width >> 1)) << 4;
}

function interceptOf(set: usize, width: i32): usize {
  return set + pairBytes(width + 1);
}

function setBytes(width: i32): usize {
  return pairBytes(width + 1) + 16;
}
