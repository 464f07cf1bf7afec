import type { NetworkStart } from '#engine/networks/network.ts';
import type { DenseNetworkPlan } from '../dense-plan.ts';
import { stepStruct } from '../steps.ts';
import { activations } from './activations.ts';
import { droppingBy } from './dropping.ts';
import { layerTable } from './layer-table.ts';
import { lossFunctions } from './losses.ts';
import { product } from './product.ts';
import { orderedRows } from './rows-of-quad.ts';

/**
 * Rows are independent of one another from their features to their derivatives, so one dispatch takes them all the way: a
 * workgroup sends four rows through every layer, to their loss and, in training, back. A vector holds one number of each of
 * the four, and a thread makes four neighbouring numbers of a layer at a time.
 *
 * Entry points: `train`, and `measure` for the losses alone, each dispatched over quads of rows.
 */
export function rowPass(
  plan: DenseNetworkPlan,
  { settings, seed, validation }: NetworkStart,
): string {
  const { rows } = validation.features;
  const last = plan.layers.at(-1);
  return /* wgsl */ `${stepStruct}
@group(0) @binding(0) var<uniform> step: Step;
${layerTable(plan)}
@group(0) @binding(2) var<storage, read> features: array<f32>;
@group(0) @binding(3) var<storage, read> targets: array<f32>;
@group(0) @binding(4) var<storage, read> counts: array<f32>;
@group(0) @binding(5) var<storage, read> order: array<u32>;
@group(0) @binding(6) var<storage, read> weights: array<vec4f>;
@group(0) @binding(7) var<storage, read_write> values: array<vec4f>;
@group(0) @binding(8) var<storage, read_write> losses: array<f32>;

const THREADS = ${rowThreads(plan)}u;
const QUAD = ${plan.quadLength}u;
const TRAINED = ${plan.trainedLength}u;
const OUTPUTS = ${last?.outputs ?? 0}u;
const OUTPUTS_AT = ${last?.gives ?? 0}u;
const SLOPES_AT = ${last?.derivatives ?? 0}u;
${orderedRows}${taking}${activations}${droppingBy(seed)}${product}${layerPasses}${lossFunctions(plan.network, settings, rows)}${entryPoints}`;
}

/** How many threads work on four rows: enough for the widest layer, four numbers each, where a workgroup can be so large. */
function rowThreads({ layers }: DenseNetworkPlan): number {
  const widest = Math.max(...layers.map(({ outputWidth }) => outputWidth / 4));
  let threads = 4;
  while (threads < widest && threads < 256) threads *= 2;
  return threads;
}

const taking = /* wgsl */ `
fn take_rows(thread: u32, quad: u32) {
  let width = layers[0].inputs;
  let rows = rows_of(quad) * width;
  for (var i = thread; i < width; i += THREADS) {
    let at = rows + vec4u(i);
    values[quad * QUAD + i] = vec4f(features[at.x], features[at.y], features[at.z], features[at.w]);
  }
}
`;

const layerPasses = /* wgsl */ `
fn drop_of(layer: Layer) -> Drop {
  return Drop(layer.drop_index, layer.drop_limit, layer.drop_factor, layer.outputs);
}

fn forward(layer: Layer, thread: u32, quad: u32, trains: bool) {
  let at = quad * QUAD;
  for (var column = thread; column < layer.columns; column += THREADS) {
    let sums = product(at + layer.given, layer.inputs, layer.kernel, layer.columns, column);
    let biases = weights[layer.bias + column];
    for (var i = 0u; i < 4; i++) {
      let unit = 4 * column + i;
      var value = activate(layer.activation, sums[i] + vec4f(biases[i]));
      if (trains) { value *= kept(drop_of(layer), quad, unit); }
      values[at + layer.gives + unit] = value;
    }
  }
}

// From the derivatives by a layer's sums to those by the sums of the one before.
fn back(layer: Layer, before: Layer, thread: u32, quad: u32) {
  let at = quad * QUAD;
  for (var column = thread; column < layer.rows; column += THREADS) {
    let derivatives = at + layer.derivatives;
    let sums = product(derivatives, layer.outputs, TRAINED + layer.kernel, layer.rows, column);
    for (var i = 0u; i < 4; i++) {
      let unit = 4 * column + i;
      let gave = values[at + before.gives + unit] / before.drop_factor;
      let slopes = slope(before.activation, gave) * kept(drop_of(before), quad, unit);
      values[at + before.derivatives + unit] = sums[i] * slopes;
    }
  }
}
`;

const entryPoints = /* wgsl */ `
fn answer(thread: u32, quad: u32, trains: bool) {
  take_rows(thread, quad);
  for (var i = 0u; i < LAYERS; i++) {
    storageBarrier();
    forward(layers[i], thread, quad, trains);
  }
  storageBarrier();
  tell_loss(thread, quad, trains);
}

@compute @workgroup_size(THREADS)
fn measure(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  answer(thread, group.x, false);
}

@compute @workgroup_size(THREADS)
fn train(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let quad = group.x;
  answer(thread, quad, true);
  derive(thread, quad);
  for (var i = LAYERS - 1; i > 0; i--) {
    storageBarrier();
    back(layers[i], layers[i - 1], thread, quad);
  }
}
`;
