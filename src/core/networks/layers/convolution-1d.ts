import type { WeightTensor } from '#core/models/weight-tensor.ts';
import type { Convolution1dLayer } from '#core/networks/layer.ts';
import type { LayerKind } from '#core/networks/layer-kind.ts';
import { sequenceOf, windowsAlong } from '#core/networks/window.ts';

/**
 * The kernel [size, channels, filters] starts uniform in ±√(6 ÷ (inputs + outputs)) (Glorot and Bengio, 2010), where
 * size · channels are the inputs of a window and size · filters its outputs; the bias starts at 0.
 */
export const convolution1d: LayerKind<Convolution1dLayer> = {
  lies: 'sequences',

  outputShape(layer, input) {
    const [length] = sequenceOf(input);
    return [windowsAlong(layer, length).count, layer.filters];
  },

  tensors({ filters, size }, input) {
    const [, channels] = sequenceOf(input);
    const limit = Math.sqrt(6 / (size * (channels + filters)));
    const own = { trained: true };
    return [
      {
        ...{ ...own, name: 'kernel', shape: [size, channels, filters] },
        ...{ first: { limit }, penalized: true },
      },
      { ...own, name: 'bias', shape: [filters], first: { fill: 0 }, penalized: false },
    ];
  },

  emit(graph, sequences, layer, { input, tensor }) {
    const [kernel, bias] = [tensor('kernel'), tensor('bias')];
    const [length, channels] = sequenceOf(input);
    const { before, after } = windowsAlong(layer, length);
    const { filters, size, stride } = layer;
    return graph.node(
      'Conv',
      [
        sequences,
        graph.constant(filtersFirst(kernel), [filters, channels, size], kernel.name),
        graph.constant(bias.values, bias.shape, bias.name),
      ],
      { kernel_shape: [size], strides: [stride], pads: [before, after] },
    );
  },
};

/** [size, channels, filters] as ONNX has it: [filters, channels, size]. */
function filtersFirst({ shape, values }: WeightTensor<Float32Array>): Float32Array {
  const [size = 0, channels = 0, filters = 0] = shape;
  return Float32Array.from(values, (_, at) => {
    const place = at % size;
    const channel = Math.floor(at / size) % channels;
    const filter = Math.floor(at / size / channels);
    return values[(place * channels + channel) * filters + filter] ?? 0;
  });
}
