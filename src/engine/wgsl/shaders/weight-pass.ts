import type { TrainingSettings } from '#core/networks/training.ts';
import type { DenseNetworkPlan } from '../dense-plan.ts';
import { stepStruct } from '../steps.ts';
import { layerTable, tilesOf } from './layer-table.ts';
import { optimizerShader } from './optimizers.ts';

const THREADS = 64;

/** Workgroups of the pass over weights. */
export function weightGroups({ layers }: DenseNetworkPlan): number {
  return Math.ceil(layers.reduce((sum, layer) => sum + tilesOf(layer), 0) / THREADS);
}

/**
 * Gradients and the optimizer in one dispatch: a thread has a tile of four inputs by four outputs, or the biases of four
 * outputs, sums its gradient over the batch's rows in their order, and changes its weights. It writes them transposed too,
 * for the way back. The penalty is for kernels alone.
 *
 * Entry point: `update`.
 */
export function weightPass(plan: DenseNetworkPlan, settings: TrainingSettings): string {
  return /* wgsl */ `${stepStruct}
@group(0) @binding(0) var<uniform> step: Step;
${layerTable(plan)}
@group(0) @binding(2) var<storage, read> values: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> weights: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> moments: array<vec4f>;

const PENALTY = f32(${settings.penalty});
const QUAD = ${plan.quadLength}u;
const TRAINED = ${plan.trainedLength}u;
${optimizerShader(settings).code}${tiles}
@compute @workgroup_size(${THREADS})
fn update(@builtin(global_invocation_id) id: vec3u) {
  var i = LAYERS - 1;
  while (i > 0 && id.x < layers[i].tiles) { i--; }
  let layer = layers[i];
  let tile = id.x - layer.tiles;
  let row = tile / layer.columns;
  let column = tile % layer.columns;
  if (row < layer.rows) { train_kernel(layer, row, column); }
  else if (row == layer.rows) { train_biases(layer, column); }
}
`;
}

const tiles = /* wgsl */ `
// Four outputs' derivatives in a quad of rows, a column each.
fn derivatives_at(place: u32) -> mat4x4f {
  return mat4x4f(values[place], values[place + 1], values[place + 2], values[place + 3]);
}

fn train_biases(layer: Layer, column: u32) {
  let quads = (step.rows + 3) / 4;
  var sum = vec4f();
  var own = layer.derivatives + 4 * column;
  for (var quad = 0u; quad < quads; quad++) {
    sum += vec4f(1) * derivatives_at(own);
    own += QUAD;
  }
  let place = layer.bias + column;
  weights[place] = optimize(place, weights[place], sum, 0);
}

fn train_kernel(layer: Layer, row: u32, column: u32) {
  let quads = (step.rows + 3) / 4;
  var sums = mat4x4f();
  var input = layer.given + 4 * row;
  var own = layer.derivatives + 4 * column;
  for (var quad = 0u; quad < quads; quad++) {
    let slopes = derivatives_at(own);
    sums += mat4x4f(
      values[input] * slopes,
      values[input + 1] * slopes,
      values[input + 2] * slopes,
      values[input + 3] * slopes,
    );
    input += QUAD;
    own += QUAD;
  }
  let place = layer.kernel + 4 * row * layer.columns + column;
  let trained = mat4x4f(
    train_row(place, sums[0]),
    train_row(place + layer.columns, sums[1]),
    train_row(place + 2 * layer.columns, sums[2]),
    train_row(place + 3 * layer.columns, sums[3]),
  );
  let turned = transpose(trained);
  let across = TRAINED + layer.kernel + 4 * column * layer.rows + row;
  weights[across] = turned[0];
  weights[across + layer.rows] = turned[1];
  weights[across + 2 * layer.rows] = turned[2];
  weights[across + 3 * layer.rows] = turned[3];
}

// An input's weights to four outputs, changed.
fn train_row(place: u32, gradient: vec4f) -> vec4f {
  let before = weights[place];
  let trained = optimize(place, before, gradient, PENALTY);
  weights[place] = trained;
  return trained;
}
`;
