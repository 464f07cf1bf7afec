import type { Layer } from './layer.ts';
import type { LayerKind } from './layer-kind.ts';
import { activation } from './layers/activation.ts';
import { dense } from './layers/dense.ts';

/** Every kind of layer there is; adding one is a file, a member of `Layer` and a row here and at each backend. */
const kinds: { readonly [Kind in Layer['kind']]: LayerKind<Extract<Layer, { kind: Kind }>> } = {
  dense,
  activation,
};

/** What there is to know of a layer of this kind. */
export function kindOf(layer: Layer): LayerKind {
  return kinds[layer.kind];
}
