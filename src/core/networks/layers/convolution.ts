import type { WeightTensor } from '#core/models/weight-tensor.ts';
import type { ConvolutionLayer } from '#core/networks/layer.ts';
import type { LayerKind } from '#core/networks/layer-kind.ts';
import { imageOf, windowsOf } from '#core/networks/window.ts';

/**
 * The kernel [size, size, channels, filters] starts uniform in ±√(6 ÷ (inputs + outputs)) (Glorot and Bengio, 2010), where
 * size² · channels are the inputs of a window and size² · filters its outputs; the bias starts at 0.
 */
export const convolution: LayerKind<ConvolutionLayer> = {
  lies: 'images',

  outputShape(layer, input) {
    const { height, width } = windowsOf(layer, input);
    return [height, width, layer.filters];
  },

  tensors({ filters, size, bias }, input) {
    const [, , channels] = imageOf(input);
    const limit = Math.sqrt(6 / (size * size * (channels + filters)));
    const kernel = { name: 'kernel', shape: [size, size, channels, filters], first: { limit } };
    const offsets = { name: 'bias', shape: [filters], first: { fill: 0 } };
    return [
      { ...kernel, trained: true, penalized: true },
      ...(bias === false ? [] : [{ ...offsets, trained: true, penalized: false }]),
    ];
  },

  emit(graph, images, layer, { input, tensor }) {
    const kernel = tensor('kernel');
    const biases = layer.bias === false ? [] : [tensor('bias')];
    const { top, bottom, left, right } = windowsOf(layer, input);
    const [, , channels] = imageOf(input);
    const { filters, size, stride } = layer;
    return graph.node(
      'Conv',
      [
        images,
        graph.constant(filtersFirst(kernel), [filters, channels, size, size], kernel.name),
        ...biases.map(({ values, shape, name }) => graph.constant(values, shape, name)),
      ],
      { kernel_shape: [size, size], strides: [stride, stride], pads: [top, left, bottom, right] },
    );
  },
};

/** [size, size, channels, filters] as ONNX has it: [filters, channels, size, size]. */
function filtersFirst({ shape, values }: WeightTensor<Float32Array>): Float32Array {
  const [size = 0, , channels = 0, filters = 0] = shape;
  const places = size * size;
  return Float32Array.from(values, (_, at) => {
    const place = at % places;
    const channel = Math.floor(at / places) % channels;
    const filter = Math.floor(at / places / channels);
    return values[(place * channels + channel) * filters + filter] ?? 0;
  });
}
