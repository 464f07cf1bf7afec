import { dropLimit } from '#core/networks/drop-mask.ts';
import type { DenseLayerPlan, DenseNetworkPlan } from '../dense-plan.ts';
import { activationNumber } from './activations.ts';

/**
 * A layer in WGSL; `rows` and `columns` are its kernel's in fours, `tiles` is where its tiles of weights begin. What it
 * gives is dropped by a hash below `drop_limit`, or else times `drop_factor`.
 */
export const layerTable = ({ layers }: DenseNetworkPlan): string => /* wgsl */ `
struct Layer {
  inputs: u32,
  outputs: u32,
  rows: u32,
  columns: u32,
  kernel: u32,
  bias: u32,
  given: u32,
  gives: u32,
  derivatives: u32,
  activation: u32,
  tiles: u32,
  drop_index: u32,
  drop_limit: u32,
  drop_factor: f32,
  fill: vec2u,
}
const LAYERS = ${layers.length}u;
@group(0) @binding(1) var<uniform> layers: array<Layer, LAYERS>;
`;

/** Numbers of a layer in the table. */
const LENGTH = 16;

/** The layers as the shaders read them. */
export function packLayers({ layers }: DenseNetworkPlan): Uint32Array<ArrayBuffer> {
  const packed = new Uint32Array(LENGTH * layers.length);
  const floats = new Float32Array(packed.buffer);
  let tiles = 0;
  for (const [i, layer] of layers.entries()) {
    const { share, index } = layer.dropout ?? { share: 0, index: 0 };
    const numbers = [
      ...[layer.inputs, layer.outputs, layer.inputWidth / 4, layer.outputWidth / 4],
      ...[layer.kernel, layer.bias, layer.given, layer.gives, layer.derivatives],
      ...[activationNumber[layer.activation ?? 'none'], tiles, index, dropLimit(share)],
    ];
    packed.set(numbers, LENGTH * i);
    floats[LENGTH * i + numbers.length] = 1 / (1 - share);
    tiles += tilesOf(layer);
  }
  return packed;
}

/** Tiles of four inputs by four outputs, and behind them one for the biases of each four outputs. */
export function tilesOf({ inputWidth, outputWidth }: DenseLayerPlan): number {
  return ((inputWidth / 4 + 1) * outputWidth) / 4;
}
