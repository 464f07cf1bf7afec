import type { NetworkStart } from '#engine/networks/network.ts';
import { stepStruct } from '../steps.ts';
import { constantsOf } from './constants.ts';
import type { SharedConstants } from './layer-bindings.ts';
import { lossFunctions } from './losses.ts';
import { orderedRows } from './rows-of-quad.ts';

/** Where rows begin and end in a quad's values. */
export interface DataPlace extends SharedConstants {
  /** Features of a row; they stand first. */
  readonly INPUTS: number;
  readonly OUTPUTS: number;
  readonly OUTPUTS_AT: number;
  readonly SLOPES_AT: number;
}

/**
 * What knows of the data set. Entry points: `take_rows`, a thread for each feature of a quad; `train` for losses and
 * their derivatives and `measure` for losses alone, a workgroup for each quad.
 */
export function dataPass({ plan, settings, validation }: NetworkStart, place: DataPlace): string {
  const { rows } = validation.features;
  return /* wgsl */ `${stepStruct}
@group(0) @binding(0) var<uniform> step: Step;
@group(0) @binding(2) var<storage, read> features: array<f32>;
@group(0) @binding(3) var<storage, read> targets: array<f32>;
@group(0) @binding(4) var<storage, read> counts: array<f32>;
@group(0) @binding(5) var<storage, read> order: array<u32>;
@group(0) @binding(6) var<storage, read_write> values: array<vec4f>;
@group(0) @binding(7) var<storage, read_write> losses: array<f32>;
${constantsOf({ ...place })}${orderedRows}${lossFunctions(plan, settings, rows)}${entryPoints}`;
}

const entryPoints = /* wgsl */ `
@compute @workgroup_size(THREADS)
fn take_rows(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= INPUTS) { return; }
  let at = rows_of(id.y) * INPUTS + id.x;
  let row = vec4f(features[at.x], features[at.y], features[at.z], features[at.w]);
  values[id.y * QUAD + id.x] = row;
}

@compute @workgroup_size(THREADS)
fn measure(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  tell_loss(thread, group.y, false);
}

@compute @workgroup_size(THREADS)
fn train(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  tell_loss(thread, group.y, true);
  derive(thread, group.y);
}
`;
