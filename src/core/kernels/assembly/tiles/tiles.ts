// Convolutions by fewer multiplications (Winograd, 1980; Lavin and Gray, 2016): polynomials are multiplied by their values at
// six points along lines and columns. Tiles of 6 by 6 pixels times filters give tiles of as many windows as fit, of which a
// side has 7 − size of a filter. Numbers are float32, channels a multiple of 4 of them.
//
// At the points lie [6 · 6, tiles, channels], `pointStep` bytes from point to point; `room` has 36 · 4 numbers.

// The points are 0, ±3/4, ±3/2 and infinity: rounding errors are half as large as with ±1 and ±2, since one pair is about as
// far below 1 as the other is above it; all that a pixel is times has few digits and is exact. Here with their squares, and
// the squares' sum and product.
const A1: f32 = 0.75;
const A2: f32 = 0.5625;
const B1: f32 = 1.5;
const B2: f32 = 2.25;
const SUM: f32 = A2 + B2;
const PRODUCT: f32 = A2 * B2;

/**
 * Tiles of 6 by 6 pixels at the points.
 *
 * @param image lines of pixels, `lineStep` bytes from line to line and `pixelStep` from pixel to pixel
 * @param apart pixels from one tile to the next
 * @param height tiles from top to bottom
 * @param width tiles from left to right
 * @param points of the first tile
 */
export function takeTiles(
  image: usize,
  lineStep: usize,
  pixelStep: usize,
  apart: i32,
  height: i32,
  width: i32,
  points: usize,
  pointStep: usize,
  room: usize,
): void {
  for (let y = 0; y < height; y += 1) {
    let corner = image + <usize>(y * apart) * lineStep;
    for (let x = 0; x < width; x += 1) {
      for (let at: usize = 0; at < pixelStep; at += 16) {
        for (let j: usize = 0; j < 6; j += 1) {
          takeLine(corner + at + j * pixelStep, lineStep, room + 16 * j, 96);
        }
        for (let i: usize = 0; i < 6; i += 1) {
          takeLine(room + 96 * i, 16, points + at + 6 * i * pointStep, pointStep);
        }
      }
      corner += <usize>apart * pixelStep;
      points += pixelStep;
    }
  }
}

/** The way back: adds what the points hand back to each tile's pixels. */
export function addTiles(
  image: usize,
  lineStep: usize,
  pixelStep: usize,
  apart: i32,
  height: i32,
  width: i32,
  points: usize,
  pointStep: usize,
  room: usize,
): void {
  for (let y = 0; y < height; y += 1) {
    let corner = image + <usize>(y * apart) * lineStep;
    for (let x = 0; x < width; x += 1) {
      for (let at: usize = 0; at < pixelStep; at += 16) {
        for (let i: usize = 0; i < 6; i += 1) {
          lineBack(points + at + 6 * i * pointStep, pointStep, room + 96 * i, 16);
        }
        for (let j: usize = 0; j < 6; j += 1) {
          const column = room + 16 * j;
          lineBack(column, 96, column, 96);
          let pixel = corner + at + j * pixelStep;
          for (let i: usize = 0; i < 6; i += 1) {
            v128.store(pixel, f32x4.add(v128.load(pixel), v128.load(column + 96 * i)));
            pixel += lineStep;
          }
        }
      }
      corner += <usize>apart * pixelStep;
      points += pixelStep;
    }
  }
}

/**
 * Tiles of `side` by `side` pixels, from 2 to 5, as polynomials whose values at the points are taken. They lie side by side.
 * A filter is one tile, whose channels are all of its weights for a place.
 */
export function spreadTiles(
  image: usize,
  lineStep: usize,
  pixelStep: usize,
  side: i32,
  height: i32,
  width: i32,
  points: usize,
  pointStep: usize,
  room: usize,
): void {
  for (let y = 0; y < height; y += 1) {
    let corner = image + <usize>(y * side) * lineStep;
    for (let x = 0; x < width; x += 1) {
      for (let at: usize = 0; at < pixelStep; at += 16) {
        for (let j: usize = 0; j < <usize>side; j += 1) {
          spreadLine(corner + at + j * pixelStep, lineStep, side, room + 16 * j, 96);
        }
        for (let i: usize = 0; i < 6; i += 1) {
          spreadLine(room + 96 * i, 16, side, points + at + 6 * i * pointStep, pointStep);
        }
      }
      corner += <usize>side * pixelStep;
      points += pixelStep;
    }
  }
}

/**
 * The way back of that, which writes each tile's pixels: from products at the points also the way to what windows give.
 *
 * @param bias what is added to each pixel [channels]; address 0 for none
 */
export function gatherTiles(
  image: usize,
  lineStep: usize,
  pixelStep: usize,
  side: i32,
  height: i32,
  width: i32,
  points: usize,
  pointStep: usize,
  room: usize,
  bias: usize,
): void {
  const zero = f32x4.splat(0);
  for (let y = 0; y < height; y += 1) {
    let corner = image + <usize>(y * side) * lineStep;
    for (let x = 0; x < width; x += 1) {
      for (let at: usize = 0; at < pixelStep; at += 16) {
        for (let i: usize = 0; i < 6; i += 1) {
          gatherLine(points + at + 6 * i * pointStep, pointStep, side, room + 96 * i, 16, zero);
        }
        const offset = bias == 0 ? zero : v128.load(bias + at);
        for (let j: usize = 0; j < <usize>side; j += 1) {
          gatherLine(room + 16 * j, 96, side, corner + at + j * pixelStep, lineStep, offset);
        }
      }
      corner += <usize>side * pixelStep;
      points += pixelStep;
    }
  }
}

/** Six pixels of a line to the six points. */
function takeLine(from: usize, step: usize, to: usize, toStep: usize): void {
  const d0 = v128.load(from);
  const d1 = v128.load(from + step);
  const d2 = v128.load(from + step * 2);
  const d3 = v128.load(from + step * 3);
  const d4 = v128.load(from + step * 4);
  const d5 = v128.load(from + step * 5);
  const even1 = f32x4.sub(d4, times(d2, B2));
  const odd1 = times(f32x4.sub(d3, times(d1, B2)), A1);
  const even2 = f32x4.sub(d4, times(d2, A2));
  const odd2 = times(f32x4.sub(d3, times(d1, A2)), B1);
  v128.store(to, f32x4.add(f32x4.sub(d4, times(d2, SUM)), times(d0, PRODUCT)));
  v128.store(to + toStep, f32x4.add(even1, odd1));
  v128.store(to + toStep * 2, f32x4.sub(even1, odd1));
  v128.store(to + toStep * 3, f32x4.add(even2, odd2));
  v128.store(to + toStep * 4, f32x4.sub(even2, odd2));
  v128.store(to + toStep * 5, f32x4.add(f32x4.sub(d5, times(d3, SUM)), times(d1, PRODUCT)));
}

/** The same sums from the points' side; `to` may be `from`. */
function lineBack(from: usize, step: usize, to: usize, toStep: usize): void {
  const v0 = v128.load(from);
  const v1 = v128.load(from + step);
  const v2 = v128.load(from + step * 2);
  const v3 = v128.load(from + step * 3);
  const v4 = v128.load(from + step * 4);
  const v5 = v128.load(from + step * 5);
  const even1 = f32x4.add(v1, v2);
  const odd1 = times(f32x4.sub(v1, v2), A1);
  const even2 = f32x4.add(v3, v4);
  const odd2 = times(f32x4.sub(v3, v4), B1);
  v128.store(to, times(v0, PRODUCT));
  const first = f32x4.add(times(odd1, B2), times(odd2, A2));
  v128.store(to + toStep, f32x4.sub(times(v5, PRODUCT), first));
  const second = f32x4.add(times(even1, B2), times(even2, A2));
  v128.store(to + toStep * 2, f32x4.sub(times(v0, -SUM), second));
  v128.store(to + toStep * 3, f32x4.sub(f32x4.add(odd1, odd2), times(v5, SUM)));
  v128.store(to + toStep * 4, f32x4.add(v0, f32x4.add(even1, even2)));
  v128.store(to + toStep * 5, v5);
}

/** The values at the points of a polynomial of so many coefficients; at infinity the last of them. */
function spreadLine(from: usize, step: usize, count: i32, to: usize, toStep: usize): void {
  const first = v128.load(from);
  let last = v128.load(from + step);
  let even1 = first;
  let odd1 = times(last, A1);
  let even2 = first;
  let odd2 = times(last, B1);
  if (count > 2) {
    last = v128.load(from + step * 2);
    even1 = f32x4.add(even1, times(last, A2));
    even2 = f32x4.add(even2, times(last, B2));
  }
  if (count > 3) {
    last = v128.load(from + step * 3);
    odd1 = f32x4.add(odd1, times(last, A1 * A2));
    odd2 = f32x4.add(odd2, times(last, B1 * B2));
  }
  if (count > 4) {
    last = v128.load(from + step * 4);
    even1 = f32x4.add(even1, times(last, A2 * A2));
    even2 = f32x4.add(even2, times(last, B2 * B2));
  }
  v128.store(to, first);
  v128.store(to + toStep, f32x4.add(even1, odd1));
  v128.store(to + toStep * 2, f32x4.sub(even1, odd1));
  v128.store(to + toStep * 3, f32x4.add(even2, odd2));
  v128.store(to + toStep * 4, f32x4.sub(even2, odd2));
  v128.store(to + toStep * 5, last);
}

/** The same sums from the points' side, and what is added to each. */
function gatherLine(
  from: usize,
  step: usize,
  count: i32,
  to: usize,
  toStep: usize,
  offset: v128,
): void {
  const v1 = v128.load(from + step);
  const v2 = v128.load(from + step * 2);
  const v3 = v128.load(from + step * 3);
  const v4 = v128.load(from + step * 4);
  const last = f32x4.add(v128.load(from + step * 5), offset);
  const even1 = f32x4.add(v1, v2);
  const odd1 = f32x4.sub(v1, v2);
  const even2 = f32x4.add(v3, v4);
  const odd2 = f32x4.sub(v3, v4);
  const first = f32x4.add(v128.load(from), offset);
  v128.store(to, f32x4.add(first, f32x4.add(even1, even2)));
  to += toStep;
  let sum = weighted(odd1, A1, odd2, B1);
  if (count > 2) {
    v128.store(to, f32x4.add(sum, offset));
    sum = weighted(even1, A2, even2, B2);
    to += toStep;
  }
  if (count > 3) {
    v128.store(to, f32x4.add(sum, offset));
    sum = weighted(odd1, A1 * A2, odd2, B1 * B2);
    to += toStep;
  }
  if (count > 4) {
    v128.store(to, f32x4.add(sum, offset));
    sum = weighted(even1, A2 * A2, even2, B2 * B2);
    to += toStep;
  }
  v128.store(to, f32x4.add(sum, last));
}

function times(values: v128, factor: f32): v128 {
  return f32x4.mul(values, f32x4.splat(factor));
}

function weighted(a: v128, first: f32, b: v128, second: f32): v128 {
  return f32x4.add(times(a, first), times(b, second));
}
