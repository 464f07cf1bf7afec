import type { Convolution1dLayer } from '#core/networks/layer.ts';
import { convolution1d as convolution1dKind } from '#core/networks/layers/convolution-1d.ts';
import { Convolution, storeConvolution } from './convolution.ts';
import { sequenceFrame } from './frames.ts';
import type { KernelLayerKind } from './kernel-layer.ts';
import { filledUp, type Layout } from './signal.ts';

export const convolution1d: KernelLayerKind<Convolution1dLayer> = {
  outputLayout,
  store: storeConvolution,
  build: (layer, site) =>
    new Convolution(sequenceFrame(layer, site.input), outputLayout(layer, site.input), site),
};

function outputLayout(layer: Convolution1dLayer, input: Layout): Layout {
  const shape = convolution1dKind.outputShape(layer, input.shape);
  const [count = 0] = shape;
  const channelStep = filledUp(layer.filters);
  return { shape, channelStep, width: count * channelStep };
}
