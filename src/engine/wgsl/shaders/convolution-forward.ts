import { constantsOf } from './constants.ts';
import { product } from './product.ts';
import type { Windows } from './windows.ts';

/** Where a convolution works: tensors among the weights, images among a quad's values. */
export interface ConvolutionPlace {
  /** Numbers of a pixel that do not only fill up. */
  readonly CHANNELS: number;
  readonly KERNEL: number;
  readonly BIAS: number;
  readonly HAS_BIAS: boolean;
  readonly GIVEN: number;
  readonly GIVES: number;
}

/** A convolution. Entry point `convolve`, a thread for each window of a quad and each four filters. */
export function convolutionForward(windows: Windows, place: ConvolutionPlace): string {
  return `${constantsOf({ ...windows, ...place })}${product}${entryPoint}`;
}

const entryPoint = /* wgsl */ `
@compute @workgroup_size(THREADS)
fn convolve(@builtin(global_invocation_id) id: vec3u) {
  let window = id.x / COLUMNS;
  let column = id.x % COLUMNS;
  if (window >= GIVES_HEIGHT * GIVES_WIDTH) { return; }
  let image = id.y * QUAD + GIVEN;
  let corner = vec2i(vec2u(window % GIVES_WIDTH, window / GIVES_WIDTH) * STRIDE) - vec2i(LEFT, TOP);
  var sums = mat4x4f();
  for (var tap = 0; tap < SIZE * SIZE; tap++) {
    let pixel = corner + vec2i(tap % SIZE, tap / SIZE);
    if (any(pixel < vec2i()) || any(pixel >= vec2i(WIDTH, HEIGHT))) { continue; }
    let numbers = image + u32(pixel.y * WIDTH + pixel.x) * STEP;
    sums += product(numbers, CHANNELS, KERNEL + u32(tap) * STEP * COLUMNS, COLUMNS, column);
  }
  var biases = vec4f();
  if (HAS_BIAS) { biases = weights[BIAS + column]; }
  for (var i = 0u; i < 4; i++) {
    values[id.y * QUAD + GIVES + 4 * id.x + i] = sums[i] + vec4f(biases[i]);
  }
}
`;
