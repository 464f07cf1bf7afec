import type { ActivationLayer } from '#core/networks/layer.ts';
import type { DenseLayerPlan, DenseNetworkPlan } from '../dense-plan.ts';

/** The number by which the shaders know an activation. */
const activations: Readonly<Record<ActivationLayer['function'] | 'none', number>> = {
  none: 0,
  relu: 1,
  tanh: 2,
};

/** A layer in WGSL; `rows` and `columns` are its kernel's in fours, `tiles` is where its tiles of weights begin. */
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
  rest: u32,
}
const LAYERS = ${layers.length}u;
@group(0) @binding(1) var<uniform> layers: array<Layer, LAYERS>;
`;

/** The layers as the shaders read them: twelve uint32 each. */
export function packLayers({ layers }: DenseNetworkPlan): Uint32Array<ArrayBuffer> {
  let tiles = 0;
  const rows = layers.map((layer) => {
    const row = [
      ...[layer.inputs, layer.outputs, layer.inputWidth / 4, layer.outputWidth / 4],
      ...[layer.kernel, layer.bias, layer.given, layer.gives, layer.derivatives],
      ...[activations[layer.activation ?? 'none'], tiles, 0],
    ];
    tiles += tilesOf(layer);
    return row;
  });
  return Uint32Array.from(rows.flat());
}

/** Tiles of four inputs by four outputs, and behind them one for the biases of each four outputs. */
export function tilesOf({ inputWidth, outputWidth }: DenseLayerPlan): number {
  return ((inputWidth / 4 + 1) * outputWidth) / 4;
}
