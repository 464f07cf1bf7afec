// Means of places weighed by attention, and tables that places look up. Numbers are float32, widths a multiple of 4.
import { powersOf } from '../shared/exponentials.ts';

/**
 * The weighted mean of each row's places, by shares of e^(query · place). A place of zeros has no share; without any
 * other the mean is 0.
 *
 * @param values [rows, places, width]
 * @param query [width]
 * @param shares room for [rows, places], which the way back needs
 * @param to [rows, width]
 */
export function attend(
  values: usize,
  rows: i32,
  places: i32,
  width: i32,
  query: usize,
  shares: usize,
  to: usize,
): void {
  const step = (<usize>width) << 2;
  for (let i = 0; i < rows; i += 1) {
    const top = scorePlaces(values, places, step, query, shares);
    sharesOf(shares, places, top);
    for (let j: usize = 0; j < step; j += 16) {
      let sum = f32x4.splat(0);
      let place = values + j;
      let share = shares;
      for (let k = 0; k < places; k += 1) {
        sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(share), v128.load(place)));
        place += step;
        share += 4;
      }
      v128.store(to + j, sum);
    }
    values += <usize>places * step;
    shares += (<usize>places) << 2;
    to += step;
  }
}

/** query · place of each place, −∞ for one of zeros; gives the largest. */
function scorePlaces(place: usize, places: i32, step: usize, query: usize, scores: usize): f32 {
  let top: f32 = -Infinity;
  for (let k = 0; k < places; k += 1) {
    let isHeld = f32x4.splat(0);
    for (let j: usize = 0; j < step; j += 16) {
      isHeld = v128.or(isHeld, f32x4.ne(v128.load(place + j), f32x4.splat(0)));
    }
    const score: f32 = v128.any_true(isHeld) ? dot(place, query, step) : <f32>-Infinity;
    store<f32>(scores, score);
    top = max(top, score);
    place += step;
    scores += 4;
  }
  return top;
}

/** Scores become shares of sum 1, or 0 where no place has a score. */
function sharesOf(scores: usize, places: i32, top: f32): void {
  const isEmpty = top == <f32>-Infinity;
  const factor: f32 = isEmpty ? 0 : <f32>(1 / powersOf(scores, places, top));
  for (let k = 0; k < places; k += 1) {
    store<f32>(scores, isEmpty ? 0 : load<f32>(scores) * factor);
    scores += 4;
  }
}

function dot(a: usize, b: usize, bytes: usize): f32 {
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(a + at), v128.load(b + at)));
  }
  const low = f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1);
  return low + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3));
}

/**
 * From derivatives by the means to those by places and query, row after row and place after place.
 *
 * @param given [rows, width]
 * @param slopes room for [places]
 * @param derivatives by the values; address 0 where nobody asks
 * @param gradient of the query
 */
export function attendBack(
  values: usize,
  rows: i32,
  places: i32,
  width: i32,
  query: usize,
  shares: usize,
  given: usize,
  slopes: usize,
  derivatives: usize,
  gradient: usize,
): void {
  const step = (<usize>width) << 2;
  for (let j: usize = 0; j < step; j += 16) v128.store(gradient + j, f32x4.splat(0));
  for (let i = 0; i < rows; i += 1) {
    const mean = slopesOf(values, places, step, shares, given, slopes);
    for (let k = 0; k < places; k += 1) {
      const at = (<usize>k) << 2;
      const share = load<f32>(shares + at);
      const slope = share * (load<f32>(slopes + at) - mean);
      const place = <usize>k * step;
      addSlope(values + place, step, slope, gradient);
      if (derivatives != 0) {
        placeBack(derivatives + place, step, share, given, slope, query);
      }
    }
    values += <usize>places * step;
    if (derivatives != 0) derivatives += <usize>places * step;
    shares += (<usize>places) << 2;
    given += step;
  }
}

/** given · place of each place that has a share, else 0; gives their mean by shares. */
function slopesOf(
  place: usize,
  places: i32,
  step: usize,
  shares: usize,
  given: usize,
  slopes: usize,
): f32 {
  let mean: f32 = 0;
  for (let k = 0; k < places; k += 1) {
    const share = load<f32>(shares);
    const slope: f32 = share == 0 ? 0 : dot(place, given, step);
    store<f32>(slopes, slope);
    mean += share * slope;
    place += step;
    shares += 4;
    slopes += 4;
  }
  return mean;
}

/** gradient + slope · place */
function addSlope(place: usize, step: usize, slope: f32, gradient: usize): void {
  if (slope == 0) return;
  const factor = f32x4.splat(slope);
  for (let j: usize = 0; j < step; j += 16) {
    const product = f32x4.mul(factor, v128.load(place + j));
    v128.store(gradient + j, f32x4.add(v128.load(gradient + j), product));
  }
}

/** share · given + slope · query */
function placeBack(
  to: usize,
  step: usize,
  share: f32,
  given: usize,
  slope: f32,
  query: usize,
): void {
  const own = f32x4.splat(share);
  const other = f32x4.splat(slope);
  for (let j: usize = 0; j < step; j += 16) {
    const direct = f32x4.mul(own, v128.load(given + j));
    v128.store(to + j, f32x4.add(direct, f32x4.mul(other, v128.load(query + j))));
  }
}

/**
 * The way back of `gatherRows`: adds each row to the one that it was a copy of.
 *
 * @param order which row of `to` each is added to
 * @param bytes of a row, a multiple of 16
 * @param most rows of `to`; what is a copy of one behind them is left out
 */
export function scatterRows(
  from: usize,
  order: usize,
  rows: i32,
  bytes: usize,
  to: usize,
  most: u32,
): void {
  for (let i = 0; i < rows; i += 1) {
    const place = load<u32>(order);
    if (place < most) {
      const row = to + <usize>place * bytes;
      for (let at: usize = 0; at < bytes; at += 16) {
        v128.store(row + at, f32x4.add(v128.load(row + at), v128.load(from + at)));
      }
    }
    order += 4;
    from += bytes;
  }
}
