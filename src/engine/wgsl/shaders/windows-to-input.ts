import { constantsOf } from './constants.ts';
import type { Windows } from './windows.ts';

/** Where the kernel stands among the weights, and derivatives among a quad's values: by the windows, and by the image. */
export interface HandingPlace {
  readonly KERNEL: number;
  readonly SLOPES: number;
  readonly INPUT_SLOPES: number;
}

/**
 * Derivatives by the image, of those by the windows against filters: each pixel asks the windows that it lies in. The image's
 * channels are filled up to fours, and the kernel has zeros for those that fill up.
 *
 * Entry point `hand_back`, a thread for each pixel of a quad and each four channels.
 */
export function windowsToInput(windows: Windows, place: HandingPlace): string {
  return `${constantsOf({ ...windows, ...place })}${entryPoint}`;
}

const entryPoint = /* wgsl */ `
const PARTS = STEP / 4;

@compute @workgroup_size(THREADS)
fn hand_back(@builtin(global_invocation_id) id: vec3u) {
  let place = id.x / PARTS;
  let part = id.x % PARTS;
  if (place >= WIDTH * HEIGHT) { return; }
  let slopes_of = id.y * QUAD + SLOPES;
  let pixel = vec2i(vec2u(place % WIDTH, place / WIDTH)) + vec2i(LEFT, TOP);
  var sums = mat4x4f();
  for (var tap = 0; tap < SIZE * SIZE; tap++) {
    let corner = pixel - vec2i(tap % SIZE, tap / SIZE);
    let window = corner / STRIDE;
    let is_window = all(corner >= vec2i()) && all(window * STRIDE == corner)
      && all(window < vec2i(GIVES_WIDTH, GIVES_HEIGHT));
    if (!is_window) { continue; }
    var at = slopes_of + 4 * u32(window.y * GIVES_WIDTH + window.x) * COLUMNS;
    var row = KERNEL + (u32(tap) * STEP + 4 * part) * COLUMNS;
    for (var column = 0; column < COLUMNS; column++) {
      let slopes = mat4x4f(values[at], values[at + 1], values[at + 2], values[at + 3]);
      sums += mat4x4f(
        slopes * weights[row],
        slopes * weights[row + COLUMNS],
        slopes * weights[row + 2 * COLUMNS],
        slopes * weights[row + 3 * COLUMNS],
      );
      at += 4;
      row += 1;
    }
  }
  for (var i = 0u; i < 4; i++) { values[id.y * QUAD + INPUT_SLOPES + 4 * id.x + i] = sums[i]; }
}
`;
