import type { TensorName } from '#core/onnx/graph-builder.ts';
import { sizeOf, type BatchNormLayer } from '#core/networks/layer.ts';
import type { LayerKind, TensorPlan } from '#core/networks/layer-kind.ts';

/** What is added to a variance before its root. */
export const VARIANCE_FLOOR = 1e-5;
/** How much of the running means a batch replaces. */
export const RUNNING_SHARE = 0.1;

/**
 * Batch normalization (Ioffe and Szegedy, 2015) with PyTorch's constants, channel by channel. It answers by the running
 * means, and also trains by them on a batch of one number for each channel, which has no variance.
 */
export const batchNorm: LayerKind<BatchNormLayer> = {
  outputShape: (_, input) => input,
  lies: 'any',

  tensors(_, input) {
    const own = { shape: [input.at(-1) ?? 0], penalized: false };
    const plan = (name: string, fill: number, trained: boolean): TensorPlan => {
      return { ...own, name, first: { fill }, trained };
    };
    return [
      plan('scale', 1, true),
      plan('offset', 0, true),
      plan('mean', 0, false),
      plan('variance', 1, false),
    ];
  },

  emit(graph, input, _, { form, input: shape, tensor }) {
    const channels = shape.at(-1) ?? 0;
    const { factors, offsets } = answering(
      tensor('scale').values,
      tensor('offset').values,
      tensor('mean').values,
      tensor('variance').values,
    );
    const moved = (given: TensorName, sizes: readonly number[]): TensorName => {
      const factor = graph.constant(factors, sizes, 'norm_factor');
      const offset = graph.constant(offsets, sizes, 'norm_offset');
      return graph.node('Add', [graph.node('Mul', [given, factor]), offset]);
    };
    if (form !== 'rows') return moved(input, [channels, ...shape.slice(1).map(() => 1)]);
    const reshaped = (given: TensorName, width: number): TensorName => {
      if (sizeOf(shape) === channels) return given;
      const sizes = BigInt64Array.from([-1n, BigInt(width)]);
      return graph.node('Reshape', [given, graph.constant(sizes, [2], 'shape')]);
    };
    return reshaped(moved(reshaped(input, channels), [channels]), sizeOf(shape));
  },
};

/** What an answer is times and plus, float32 of the tensors: the same numbers in the graph and at the backends. */
export function answering(
  scale: Float32Array,
  offset: Float32Array,
  mean: Float32Array,
  variance: Float32Array,
): { readonly factors: Float32Array<ArrayBuffer>; readonly offsets: Float32Array<ArrayBuffer> } {
  const factors = scale.map((one, i) => one * inverseDeviation(variance[i] ?? NaN));
  const offsets = offset.map((one, i) => one - (mean[i] ?? NaN) * (factors[i] ?? NaN));
  return { factors: Float32Array.from(factors), offsets: Float32Array.from(offsets) };
}

export function inverseDeviation(variance: number): number {
  return 1 / Math.sqrt(variance + VARIANCE_FLOOR);
}
