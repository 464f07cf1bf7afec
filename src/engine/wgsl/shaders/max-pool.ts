import { constantsOf } from './constants.ts';
import { noNumbers } from './no-numbers.ts';

/** Images before and behind a pool, and where they stand in a quad's values. */
export interface PoolPlace {
  /** Numbers that a row has behind it. */
  readonly NUMBERS: number;
  /** Numbers of a pixel. */
  readonly STEP: number;
  /** Pixels before and behind it. */
  readonly HEIGHT: number;
  readonly WIDTH: number;
  readonly GIVES_HEIGHT: number;
  readonly GIVES_WIDTH: number;
  readonly GIVEN: number;
  readonly GIVES: number;
  readonly SLOPES: number;
  readonly INPUT_SLOPES: number;
}

/**
 * The largest number of each two by two pixels. The derivative goes to the first of them that has it; the pixels of an odd last
 * line or column have none, and their neighbours' thread says so.
 *
 * Entry points `pool` and `back`, a thread for each number behind the pool of a quad.
 */
export function maxPoolPass(place: PoolPlace): string {
  return `${constantsOf({ ...place })}${noNumbers}${entryPoints}`;
}

const entryPoints = /* wgsl */ `
const LINE = WIDTH * STEP;

// Where the first of the four pixels' numbers stands in a row.
fn first_of(number: u32) -> u32 {
  let place = number / STEP;
  let pixel = 2 * (place / GIVES_WIDTH * WIDTH + place % GIVES_WIDTH);
  return pixel * STEP + number % STEP;
}

// Of what is no number comes none.
fn larger(a: vec4f, b: vec4f) -> vec4f {
  return select(select(b, a, a >= b), a + b, is_none(a) | is_none(b));
}

fn largest(first: u32) -> vec4f {
  let upper = larger(values[first], values[first + STEP]);
  return larger(upper, larger(values[first + LINE], values[first + LINE + STEP]));
}

@compute @workgroup_size(THREADS)
fn pool(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= NUMBERS) { return; }
  let quad = id.y * QUAD;
  values[quad + GIVES + id.x] = largest(quad + GIVEN + first_of(id.x));
}

@compute @workgroup_size(THREADS)
fn back(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= NUMBERS) { return; }
  let quad = id.y * QUAD;
  let first = first_of(id.x);
  let top = largest(quad + GIVEN + first);
  var left = values[quad + SLOPES + id.x];
  let place = id.x / STEP;
  let lines = select(2u, u32(2 + HEIGHT % 2), place / GIVES_WIDTH == GIVES_HEIGHT - 1);
  let columns = select(2u, u32(2 + WIDTH % 2), place % GIVES_WIDTH == GIVES_WIDTH - 1);
  for (var y = 0u; y < lines; y++) {
    for (var x = 0u; x < columns; x++) {
      let at = quad + first + y * LINE + x * STEP;
      let own = (values[at + GIVEN] == top) & vec4<bool>(y < 2 && x < 2);
      values[at + INPUT_SLOPES] = select(vec4f(), left, own);
      left = select(left, vec4f(), own);
    }
  }
}
`;
