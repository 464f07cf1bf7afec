import type { TrainingSettings } from '#core/networks/training.ts';
import type { DenseNetworkPlan } from '../dense-plan.ts';
import { stepStruct } from '../steps.ts';
import { cutting } from './cutting.ts';
import { layerTable, tilesOf } from './layer-table.ts';
import { optimizerShader } from './optimizers.ts';

/** Tiles of weights that a workgroup has. */
export const WEIGHT_THREADS = 64;

/** Workgroups of the pass over weights. */
export function weightGroups({ layers }: DenseNetworkPlan): number {
  return Math.ceil(layers.reduce((sum, layer) => sum + tilesOf(layer), 0) / WEIGHT_THREADS);
}

/**
 * A thread has a tile of four inputs by four outputs, or the biases of four outputs: it sums its gradient over the batch's rows
 * in their order, and changes its weights. It writes them transposed too, for the way back. The penalty is for kernels alone.
 *
 * Entry points: `update`; or, where gradients are cut to a length, `gather` and then `apply`, since that is of all together.
 */
export function weightPass(plan: DenseNetworkPlan, settings: TrainingSettings): string {
  return /* wgsl */ `${stepStruct}
@group(0) @binding(0) var<uniform> step: Step;
${layerTable(plan)}
@group(0) @binding(2) var<storage, read> values: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> weights: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> moments: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> gradients: array<mat4x4f>;
@group(0) @binding(6) var<storage, read_write> squares: array<f32>;

const THREADS = ${WEIGHT_THREADS}u;
const GROUPS = ${weightGroups(plan)}u;
const PENALTY = f32(${settings.penalty});
const LONGEST = f32(${settings.clipNorm});
const QUAD = ${plan.quadLength}u;
const TRAINED = ${plan.trainedLength}u;
${optimizerShader(settings).code}${tiles}${settings.clipNorm === 0 ? updating : cutting + clipping}`;
}

const updating = /* wgsl */ `
@compute @workgroup_size(THREADS)
fn update(@builtin(global_invocation_id) id: vec3u) {
  let tile = tile_of(id.x);
  change(tile, gradient_of(tile));
}
`;

const clipping = /* wgsl */ `
@compute @workgroup_size(THREADS)
fn gather(
  @builtin(global_invocation_id) id: vec3u,
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) group: vec3u,
) {
  let gradient = gradient_of(tile_of(id.x));
  gradients[id.x] = gradient;
  let own = dot(gradient[0], gradient[0]) + dot(gradient[1], gradient[1])
    + dot(gradient[2], gradient[2]) + dot(gradient[3], gradient[3]);
  square_up(thread, group.x, own);
}

@compute @workgroup_size(THREADS)
fn apply(
  @builtin(global_invocation_id) id: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  change(tile_of(id.x), cut_factor(thread) * gradients[id.x]);
}
`;

const tiles = /* wgsl */ `
// Of the kernel's rows of tiles; the one behind them has the biases, and more there are not.
struct Tile { layer: Layer, row: u32, column: u32 }

fn tile_of(id: u32) -> Tile {
  var i = LAYERS - 1;
  while (i > 0 && id < layers[i].tiles) { i--; }
  let layer = layers[i];
  let tile = id - layer.tiles;
  return Tile(layer, tile / layer.columns, tile % layer.columns);
}

// Four outputs' derivatives in a quad of rows, a column each.
fn derivatives_at(place: u32) -> mat4x4f {
  return mat4x4f(values[place], values[place + 1], values[place + 2], values[place + 3]);
}

// A column for each input of the tile, a row for each output; biases are the first column.
fn gradient_of(tile: Tile) -> mat4x4f {
  var sums = mat4x4f();
  let quads = select(0u, (step.rows + 3) / 4, tile.row <= tile.layer.rows);
  let has_inputs = tile.row < tile.layer.rows;
  var input = tile.layer.given + 4 * tile.row;
  var own = tile.layer.derivatives + 4 * tile.column;
  for (var quad = 0u; quad < quads; quad++) {
    let slopes = derivatives_at(own);
    if (has_inputs) {
      sums += mat4x4f(
        values[input] * slopes,
        values[input + 1] * slopes,
        values[input + 2] * slopes,
        values[input + 3] * slopes,
      );
    } else { sums[0] += vec4f(1) * slopes; }
    input += QUAD;
    own += QUAD;
  }
  return sums;
}

fn change(tile: Tile, gradient: mat4x4f) {
  if (tile.row < tile.layer.rows) { change_kernel(tile, gradient); }
  else if (tile.row == tile.layer.rows) {
    let place = tile.layer.bias + tile.column;
    weights[place] = optimize(place, weights[place], gradient[0], 0);
  }
}

fn change_kernel(tile: Tile, gradient: mat4x4f) {
  let layer = tile.layer;
  let place = layer.kernel + 4 * tile.row * layer.columns + tile.column;
  let changed = mat4x4f(
    change_row(place, gradient[0]),
    change_row(place + layer.columns, gradient[1]),
    change_row(place + 2 * layer.columns, gradient[2]),
    change_row(place + 3 * layer.columns, gradient[3]),
  );
  let turned = transpose(changed);
  let across = TRAINED + layer.kernel + 4 * tile.column * layer.rows + tile.row;
  weights[across] = turned[0];
  weights[across + layer.rows] = turned[1];
  weights[across + 2 * layer.rows] = turned[2];
  weights[across + 3 * layer.rows] = turned[3];
}

// An input's weights to four outputs.
fn change_row(place: u32, gradient: vec4f) -> vec4f {
  let before = weights[place];
  let changed = optimize(place, before, gradient, PENALTY);
  weights[place] = changed;
  return changed;
}
`;
