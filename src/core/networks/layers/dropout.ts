import type { DropoutLayer } from '#core/networks/layer.ts';
import type { LayerKind } from '#core/networks/layer-kind.ts';

/** Only in training: the graph has nothing of it (Srivastava et al., 2014). */
export const dropout: LayerKind<DropoutLayer> = {
  outputShape: (_, input) => input,
  tensors: () => [],
  lies: 'any',
  emit: (_, input) => input,
};
