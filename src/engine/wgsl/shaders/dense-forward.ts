import { constantsOf } from './constants.ts';
import { product } from './product.ts';

/** A fully connected layer: its shape, and where it works. */
export interface DensePlace {
  readonly INPUTS: number;
  /** Units in fours. */
  readonly COLUMNS: number;
  readonly KERNEL: number;
  readonly BIAS: number;
  readonly HAS_BIAS: boolean;
  readonly GIVEN: number;
  readonly GIVES: number;
}

/** Units in fours that a workgroup makes. */
export const DENSE_COLUMNS = 4;

/**
 * A fully connected layer. Its sums are long and its units few, so the threads of a workgroup share out the inputs too, in
 * slices that are then added up in their order.
 *
 * Entry point `connect`, a workgroup for each four by four units of a quad.
 */
export function denseForward(place: DensePlace): string {
  return `${constantsOf({ ...place, LANES: DENSE_COLUMNS })}${product}${entryPoint}`;
}

const entryPoint = /* wgsl */ `
const SLICES = THREADS / LANES;
const DEPTH = (INPUTS + SLICES - 1) / SLICES;

var<workgroup> slices: array<mat4x4f, THREADS>;

@compute @workgroup_size(THREADS)
fn connect(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let quad = group.y * QUAD;
  let own = group.x * LANES + thread % LANES;
  let first = thread / LANES * DEPTH;
  let depth = select(0u, min(u32(DEPTH), INPUTS - first), first < INPUTS && own < COLUMNS);
  slices[thread] = product(quad + GIVEN + first, depth, KERNEL + first * COLUMNS, COLUMNS, own);
  workgroupBarrier();
  let lane = thread / 4;
  let unit = thread % 4;
  let column = group.x * LANES + lane;
  if (lane >= LANES || column >= COLUMNS) { return; }
  var sum = vec4f();
  if (HAS_BIAS) { sum = vec4f(weights[BIAS + column][unit]); }
  for (var slice = 0u; slice < SLICES; slice++) { sum += slices[slice * LANES + lane][unit]; }
  values[quad + GIVES + 4 * column + unit] = sum;
}
`;
