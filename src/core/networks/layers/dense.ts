import { sizeOf, type DenseLayer } from '#core/networks/layer.ts';
import type { LayerKind } from '#core/networks/layer-kind.ts';

/**
 * Kernel and bias start uniform in ±√(6 ÷ (inputs + units)) (Glorot and Bengio, 2010), as in scikit-learn.
 */
export const dense: LayerKind<DenseLayer> = {
  outputShape: ({ units }) => [units],

  tensors({ units }, input) {
    const inputs = sizeOf(input);
    const first = { limit: Math.sqrt(6 / (inputs + units)) };
    return [
      { name: 'kernel', shape: [inputs, units], first, trained: true, penalized: true },
      { name: 'bias', shape: [units], first, trained: true, penalized: false },
    ];
  },

  emit(graph, input, _, { tensor }) {
    const [kernel, bias] = [tensor('kernel'), tensor('bias')];
    return graph.node('Gemm', [
      input,
      graph.constant(kernel.values, kernel.shape, kernel.name),
      graph.constant(bias.values, bias.shape, bias.name),
    ]);
  },
};
