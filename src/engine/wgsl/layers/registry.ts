import type { Layer } from '#core/networks/layer.ts';
import { activation } from './activation.ts';
import { batchNorm } from './batch-norm.ts';
import { convolution } from './convolution.ts';
import { dense } from './dense.ts';
import { dropout } from './dropout.ts';
import { embedding } from './embedding.ts';
import type { GpuLayerKind } from './gpu-layer.ts';
import { maxPool } from './max-pool.ts';

/** The kinds of layers that have shaders; a network with any other trains by tfjs. */
const kinds: {
  readonly [Kind in Layer['kind']]?: GpuLayerKind<Extract<Layer, { kind: Kind }>>;
} = {
  dense,
  activation,
  convolution,
  max_pool: maxPool,
  dropout,
  batch_norm: batchNorm,
  embedding,
};

/** How the GPU does a layer of this kind; undefined where it does not. */
export function gpuKindOf(layer: Layer): GpuLayerKind | undefined {
  return kinds[layer.kind];
}
