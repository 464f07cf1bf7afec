// The largest numbers of two by two pixels. Numbers are float32, channels a multiple of 4 of them.

/**
 * @param image lines of pixels, `lineStep` bytes from line to line and `pixelStep` from pixel to pixel
 * @param height of what it gives, in pixels
 * @param width of what it gives
 * @param to [height, width, channels]
 */
export function maxPool(
  image: usize,
  lineStep: usize,
  pixelStep: usize,
  height: i32,
  width: i32,
  to: usize,
): void {
  for (let y = 0; y < height; y += 1) {
    let pixel = image + <usize>(2 * y) * lineStep;
    for (let x = 0; x < width; x += 1) {
      for (let at: usize = 0; at < pixelStep; at += 16) {
        v128.store(to + at, largest(pixel + at, lineStep, pixelStep));
      }
      pixel += 2 * pixelStep;
      to += pixelStep;
    }
  }
}

/**
 * The way back: the first of the largest gets the derivative, the others 0.
 *
 * @param given derivatives by what it gave [height, width, channels]
 * @param derivatives those by the image, which lie as it does
 */
export function maxPoolBack(
  image: usize,
  lineStep: usize,
  pixelStep: usize,
  height: i32,
  width: i32,
  given: usize,
  derivatives: usize,
): void {
  for (let y = 0; y < height; y += 1) {
    let pixel = <usize>(2 * y) * lineStep;
    for (let x = 0; x < width; x += 1) {
      for (let at: usize = 0; at < pixelStep; at += 16) {
        const from = image + pixel + at;
        const to = derivatives + pixel + at;
        const top = largest(from, lineStep, pixelStep);
        let left = v128.load(given + at);
        left = share(from, to, top, left);
        left = share(from + pixelStep, to + pixelStep, top, left);
        left = share(from + lineStep, to + lineStep, top, left);
        share(from + lineStep + pixelStep, to + lineStep + pixelStep, top, left);
      }
      pixel += 2 * pixelStep;
      given += pixelStep;
    }
  }
}

function largest(from: usize, lineStep: usize, pixelStep: usize): v128 {
  const upper = f32x4.max(v128.load(from), v128.load(from + pixelStep));
  const below = from + lineStep;
  return f32x4.max(upper, f32x4.max(v128.load(below), v128.load(below + pixelStep)));
}

/** What a number takes of the derivative where it is the largest; gives what is left for the others. */
function share(from: usize, to: usize, top: v128, left: v128): v128 {
  const isTop = f32x4.eq(v128.load(from), top);
  v128.store(to, v128.and(left, isTop));
  return v128.andnot(left, isTop);
}
