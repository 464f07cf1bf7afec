import type { Layer } from '#core/networks/layer.ts';
import { activation } from './activation.ts';
import { dense } from './dense.ts';
import type { TensorLayerKind } from './tensor-layer.ts';

const kinds: {
  readonly [Kind in Layer['kind']]: TensorLayerKind<Extract<Layer, { kind: Kind }>>;
} = { dense, activation };

/** How tfjs does a layer of this kind. */
export function tensorKindOf(layer: Layer): TensorLayerKind {
  return kinds[layer.kind];
}
