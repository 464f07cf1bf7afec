import type { Layer } from '#core/networks/layer.ts';
import { activation } from './activation.ts';
import { attentionPool } from './attention-pool.ts';
import { batchNorm } from './batch-norm.ts';
import { convolution } from './convolution.ts';
import { convolution1d } from './convolution-1d.ts';
import { dense } from './dense.ts';
import { dropout } from './dropout.ts';
import { embedding } from './embedding.ts';
import { globalPool } from './global-pool.ts';
import { gru } from './gru.ts';
import { characters } from './characters.ts';
import { layerNorm } from './layer-norm.ts';
import { maxPool } from './max-pool.ts';
import { placeDense } from './place-dense.ts';
import { transformerBlock } from './transformer-block.ts';
import type { TensorLayerKind } from './tensor-layer.ts';
import { tokenEmbedding } from './token-embedding.ts';

const kinds: {
  readonly [Kind in Layer['kind']]: TensorLayerKind<Extract<Layer, { kind: Kind }>>;
} = {
  dense,
  activation,
  convolution,
  convolution_1d: convolution1d,
  global_pool: globalPool,
  gru,
  max_pool: maxPool,
  dropout,
  batch_norm: batchNorm,
  embedding,
  token_embedding: tokenEmbedding,
  attention_pool: attentionPool,
  characters,
  layer_norm: layerNorm,
  transformer_block: transformerBlock,
  place_dense: placeDense,
};

/** How tfjs does a layer of this kind. */
export function tensorKindOf(layer: Layer): TensorLayerKind {
  return kinds[layer.kind];
}
