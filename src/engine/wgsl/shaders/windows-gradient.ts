import { constantsOf } from './constants.ts';
import type { Windows } from './windows.ts';

/** Where the derivatives by a kernel are made, and where they go. */
export interface GradientPlace {
  readonly GIVEN: number;
  readonly SLOPES: number;
  /** The first part among the gradients, and how long each is. */
  readonly GRADIENTS: number;
  readonly LENGTH: number;
  /** The kernel's rows in fours. */
  readonly ROWS: number;
  /** Tiles of four rows by four filters; those of the bias, where there is one, are the last. */
  readonly TILES: number;
  /** What a part adds up: quads of rows, and lines of windows. */
  readonly QUADS_EACH: number;
  readonly LINES_EACH: number;
  readonly LINE_PARTS: number;
}

/**
 * Derivatives by the kernel and the bias of windows against filters: a thread sums a tile of four of the kernel's rows by four
 * filters over the windows and rows of a part, in their order.
 *
 * Entry point `gather`, over tiles, parts of lines and parts of quads.
 */
export function windowsGradient(windows: Windows, place: GradientPlace): string {
  return `${constantsOf({ ...windows, ...place })}${entryPoint}`;
}

const entryPoint = /* wgsl */ `
@compute @workgroup_size(THREADS)
fn gather(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= TILES) { return; }
  let row = id.x / COLUMNS;
  let column = id.x % COLUMNS;
  let is_bias = row == ROWS;
  // Which pixel of a window, and which of its numbers, the tile's rows of the kernel are for.
  let rows = vec4i(vec4u(4 * row) + vec4u(0, 1, 2, 3));
  let taps = rows / STEP;
  let tap_x = taps % SIZE - LEFT;
  let tap_y = taps / SIZE - TOP;
  let is_row = rows < vec4i(SIZE * SIZE * STEP);
  let quads = min((step.rows + 3) / 4, (id.z + 1) * QUADS_EACH);
  let lines = min(u32(GIVES_HEIGHT), (id.y + 1) * LINES_EACH);
  var sums = mat4x4f();
  for (var quad = id.z * QUADS_EACH; quad < quads; quad++) {
    for (var line = id.y * LINES_EACH; line < lines; line++) {
      let y = tap_y + i32(line) * STRIDE;
      let is_line = is_row & (y >= vec4i()) & (y < vec4i(HEIGHT));
      var slopes_at = quad * QUAD + SLOPES + 4 * (line * GIVES_WIDTH * COLUMNS + column);
      for (var i = 0; i < GIVES_WIDTH; i++) {
        let x = tap_x + i * STRIDE;
        let is_in = is_line & (x >= vec4i()) & (x < vec4i(WIDTH));
        let at = vec4u(select(vec4i(), (y * WIDTH + x) * STEP + rows % STEP, is_in)) + quad * QUAD + GIVEN;
        let slopes = mat4x4f(
          values[slopes_at], values[slopes_at + 1], values[slopes_at + 2], values[slopes_at + 3],
        );
        // The bias is as a row of the kernel against ones.
        sums += mat4x4f(
          select(select(vec4f(), values[at.x], is_in.x), vec4f(1), is_bias) * slopes,
          select(vec4f(), values[at.y], is_in.y) * slopes,
          select(vec4f(), values[at.z], is_in.z) * slopes,
          select(vec4f(), values[at.w], is_in.w) * slopes,
        );
        slopes_at += 4 * COLUMNS;
      }
    }
  }
  let part = id.z * LINE_PARTS + id.y;
  let to = GRADIENTS + part * LENGTH + 4 * row * COLUMNS + column;
  gradients[to] = sums[0];
  if (is_bias) { return; }
  for (var i = 1u; i < 4; i++) { gradients[to + i * COLUMNS] = sums[i]; }
}
`;
