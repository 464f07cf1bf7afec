import type { Fields } from '../json-fields.ts';
import { activate } from '../parts/activate.ts';
import { convolve, convolveEach, type Gliding } from '../parts/convolve.ts';
import { multiply } from '../parts/multiply.ts';
import type { Tensor } from '../tensor.ts';
import { TfjsFault } from '../tfjs-fault.ts';
import { checkChannelsLast, onlyInput, type Layer, type LayerCall } from './layer.ts';

export const conv2d: Layer = (call) => {
  const { writer, config, weight } = call;
  checkChannelsLast(config);
  if (config.integer('groups', 1, 1e6, 1) !== 1) {
    throw new TfjsFault(
      'is a convolution in groups, which TensorFlow.js does not compute',
      'Choose another network, or give it as an ONNX file.',
    );
  }
  const images = onlyInput(call);
  const made = convolve(writer, images, weight('kernel'), glidingOf(config), biasOf(call));
  return activated(call, made);
};

export const depthwiseConv2d: Layer = (call) => {
  const { writer, config, weight } = call;
  checkChannelsLast(config);
  const filters = weight('depthwise_kernel');
  const made = convolveEach(writer, onlyInput(call), filters, glidingOf(config), biasOf(call));
  return activated(call, made);
};

export const separableConv2d: Layer = (call) => {
  const { writer, config, weight } = call;
  checkChannelsLast(config);
  const gliding = glidingOf(config);
  const apart = convolveEach(writer, onlyInput(call), weight('depthwise_kernel'), gliding);
  const still = { strides: [1, 1], dilations: [1, 1], padding: 'valid' } as const;
  const made = convolve(writer, apart, weight('pointwise_kernel'), still, biasOf(call));
  return activated(call, made);
};

export const dense: Layer = (call) =>
  activated(call, multiply(call.writer, onlyInput(call), call.weight('kernel'), biasOf(call)));

/** How a layer's window goes over an image. */
export function glidingOf(config: Fields): Gliding {
  return {
    strides: config.pair('strides', 1, 1),
    dilations: config.pair('dilation_rate', 1, 1),
    padding: paddingOf(config),
  };
}

export function paddingOf(config: Fields): 'same' | 'valid' {
  const padding = config.text('padding', 'valid');
  if (padding === 'same' || padding === 'valid') return padding;
  throw new TfjsFault(`has the padding "${padding}", and same and valid are taken`);
}

function biasOf({ config, weight }: LayerCall) {
  return config.flag('use_bias', true) ? weight('bias') : undefined;
}

function activated({ writer, config }: LayerCall, tensor: Tensor): Tensor {
  return activate(writer, tensor, config.text('activation', 'linear'));
}
