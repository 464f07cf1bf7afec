import type { Layer } from '#core/networks/layer.ts';
import { activation } from './activation.ts';
import { dense } from './dense.ts';
import type { KernelLayerKind } from './kernel-layer.ts';

const kinds: {
  readonly [Kind in Layer['kind']]: KernelLayerKind<Extract<Layer, { kind: Kind }>>;
} = { dense, activation };

/** How the kernels do a layer of this kind. */
export function kernelKindOf(layer: Layer): KernelLayerKind {
  return kinds[layer.kind];
}
