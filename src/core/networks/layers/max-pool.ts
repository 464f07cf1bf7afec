import type { MaxPoolLayer } from '#core/networks/layer.ts';
import type { LayerKind } from '#core/networks/layer-kind.ts';
import { imageOf } from '#core/networks/window.ts';

export const maxPool: LayerKind<MaxPoolLayer> = {
  lies: 'images',

  outputShape(_, input) {
    const [height, width, channels] = imageOf(input);
    if (Math.min(height, width) < 2) {
      throw new RangeError(`an image of ${height} × ${width} pixels has no two by two`);
    }
    return [Math.floor(height / 2), Math.floor(width / 2), channels];
  },

  tensors: () => [],
  emit: (graph, images) =>
    graph.node('MaxPool', [images], { kernel_shape: [2, 2], strides: [2, 2] }),
};
