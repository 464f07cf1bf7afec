// Windows of images, laid out so that a convolution is a product of matrices. Numbers are float32.

/** Rows of so many bytes, a multiple of 4, from one place to another, where they may lie further apart or closer. */
export function copyRows(
  from: usize,
  fromStep: usize,
  rows: i32,
  bytes: usize,
  to: usize,
  toStep: usize,
): void {
  for (let i = 0; i < rows; i += 1) {
    copy(from, bytes, to);
    from += fromStep;
    to += toStep;
  }
}

/**
 * Each window of an image as a row: its lines one behind the other, then zeros up to the row's end.
 *
 * @param image [lines, pixels of a line], `lineStep` bytes from line to line and `pixelStep` from pixel to pixel
 * @param stride pixels from one window to the next
 * @param size lines and pixels of a window
 * @param height windows from top to bottom
 * @param width windows from left to right
 * @param patches [height · width, …], `patchStep` bytes from row to row, a multiple of 32 and less than 32 too many
 */
export function takePatches(
  image: usize,
  lineStep: usize,
  pixelStep: usize,
  stride: i32,
  size: i32,
  height: i32,
  width: i32,
  patches: usize,
  patchStep: usize,
): void {
  const bytes = <usize>size * pixelStep;
  const isFilled = bytes * <usize>size < patchStep;
  const zero = f32x4.splat(0);
  for (let y = 0; y < height; y += 1) {
    let corner = image + <usize>(y * stride) * lineStep;
    for (let x = 0; x < width; x += 1) {
      if (isFilled) {
        v128.store(patches + patchStep - 32, zero);
        v128.store(patches + patchStep - 16, zero);
      }
      copyRows(corner, lineStep, size, bytes, patches, bytes);
      corner += <usize>stride * pixelStep;
      patches += patchStep;
    }
  }
}

/** The way back: adds each row to the window that it stands for. */
export function addPatches(
  image: usize,
  lineStep: usize,
  pixelStep: usize,
  stride: i32,
  size: i32,
  height: i32,
  width: i32,
  patches: usize,
  patchStep: usize,
): void {
  const bytes = <usize>size * pixelStep;
  for (let y = 0; y < height; y += 1) {
    let corner = image + <usize>(y * stride) * lineStep;
    for (let x = 0; x < width; x += 1) {
      let line = corner;
      for (let i = 0; i < size; i += 1) {
        add(line, patches + <usize>i * bytes, bytes);
        line += lineStep;
      }
      corner += <usize>stride * pixelStep;
      patches += patchStep;
    }
  }
}

/** Adds so many bytes of numbers, a multiple of 4, to others. */
export function add(to: usize, from: usize, bytes: usize): void {
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) {
    v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(from + at)));
  }
  for (; at < bytes; at += 4) store<f32>(to + at, load<f32>(to + at) + load<f32>(from + at));
}

function copy(from: usize, bytes: usize, to: usize): void {
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) v128.store(to + at, v128.load(from + at));
  for (; at < bytes; at += 4) store<u32>(to + at, load<u32>(from + at));
}
