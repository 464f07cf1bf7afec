import type { Layer } from './layer.ts';
import type { LayerKind } from './layer-kind.ts';
import { activation } from './layers/activation.ts';
import { attentionPool } from './layers/attention-pool.ts';
import { batchNorm } from './layers/batch-norm.ts';
import { convolution } from './layers/convolution.ts';
import { convolution1d } from './layers/convolution-1d.ts';
import { dense } from './layers/dense.ts';
import { dropout } from './layers/dropout.ts';
import { embedding } from './layers/embedding.ts';
import { globalPool } from './layers/global-pool.ts';
import { gru } from './layers/gru.ts';
import { characters } from './layers/characters.ts';
import { layerNorm } from './layers/layer-norm.ts';
import { maxPool } from './layers/max-pool.ts';
import { tokenEmbedding } from './layers/token-embedding.ts';
import { placeDense } from './layers/place-dense.ts';
import { transformerBlock } from './layers/transformer-block.ts';

/** Every kind of layer there is; adding one is a file, a member of `Layer` and a row here and at each backend. */
const kinds: { readonly [Kind in Layer['kind']]: LayerKind<Extract<Layer, { kind: Kind }>> } = {
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

/** What there is to know of a layer of this kind. */
export function kindOf(layer: Layer): LayerKind {
  return kinds[layer.kind];
}
