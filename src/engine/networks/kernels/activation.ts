import type { ActivationLayer } from '#core/networks/layer.ts';
import type { KernelLayerKind } from './kernel-layer.ts';
import { heightOf } from './signal.ts';

/** Works in the place of what it gets. */
export const activation: KernelLayerKind<ActivationLayer> = {
  outputLayout: (_, input) => input,
  store() {
    throw new RangeError('an activation has no tensors');
  },
  build(layer, { machine, input }) {
    const { kernels } = machine;
    const forward = kernels[layer.function];
    const back = layer.function === 'relu' ? kernels.reluBack : kernels.tanhBack;
    const { at, derivatives, width } = input;
    return {
      output: input,
      forward({ rows }) {
        forward(at, heightOf(rows) * width);
      },
      back({ rows }) {
        back(derivatives, at, heightOf(rows) * width);
      },
    };
  },
};
