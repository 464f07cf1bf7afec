import { sizeOf, type DenseLayer } from '#core/networks/layer.ts';
import type { LayerKind } from '#core/networks/layer-kind.ts';

/**
 * Kernel and bias start uniform in ±√(6 ÷ (inputs + units)) (Glorot and Bengio, 2010), as in scikit-learn.
 */
export const dense: LayerKind<DenseLayer> = {
  outputShape: ({ units }) => [units],

  tensors({ units, bias }, input) {
    const inputs = sizeOf(input);
    const first = { limit: Math.sqrt(6 / (inputs + units)) };
    const kernel = { name: 'kernel', shape: [inputs, units], first, trained: true };
    const offsets = { name: 'bias', shape: [units], first, trained: true };
    return [
      { ...kernel, penalized: true },
      ...(bias === false ? [] : [{ ...offsets, penalized: false }]),
    ];
  },

  emit(graph, input, { bias }, { tensor }) {
    const roles = bias === false ? ['kernel'] : ['kernel', 'bias'];
    const constants = roles.map(tensor).map(({ values, shape, name }) => {
      return graph.constant(values, shape, name);
    });
    return graph.node('Gemm', [input, ...constants]);
  },
};
