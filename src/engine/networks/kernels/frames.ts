import type { Convolution1dLayer, ConvolutionLayer } from '#core/networks/layer.ts';
import { imageOf, sequenceOf, windowsAlong, windowsOf } from '#core/networks/window.ts';
import type { Layout } from './signal.ts';

/** Where the windows of a row lie in memory, as the kernels for the windows of images are told of them. */
export interface Frame {
  /** Lines of a row, and bytes of one. */
  readonly lines: number;
  readonly lineBytes: number;
  /** Zeros around it: lines above and below, bytes before and after each line. */
  readonly above: number;
  readonly below: number;
  readonly before: number;
  readonly after: number;
  readonly windows: FrameWindows;
}

export interface FrameWindows {
  /** Bytes from line to line, with the zeros, and from pixel to pixel. */
  readonly lineStep: number;
  readonly pixelStep: number;
  /** Lines and pixels from one window to the next. */
  readonly stride: number;
  /** Lines and pixels of a window. */
  readonly size: number;
  /** Windows from top to bottom, and from left to right. */
  readonly height: number;
  readonly width: number;
}

export function imageFrame(layer: ConvolutionLayer, input: Layout): Frame {
  const { height, width, top, bottom, left, right } = windowsOf(layer, input.shape);
  const [lines, pixels] = imageOf(input.shape);
  const pixelStep = 4 * input.channelStep;
  const [before, after, lineBytes] = [left * pixelStep, right * pixelStep, pixels * pixelStep];
  const { stride, size } = layer;
  const lineStep = before + lineBytes + after;
  return {
    ...{ lines, lineBytes, above: top, below: bottom, before, after },
    windows: { lineStep, pixelStep, stride, size, height, width },
  };
}

/**
 * A sequence is one line. To the kernels each of its windows is a line of one pixel, as wide as the whole window; the
 * lines overlap.
 */
export function sequenceFrame(layer: Convolution1dLayer, input: Layout): Frame {
  const [length] = sequenceOf(input.shape);
  const { count, before, after } = windowsAlong(layer, length);
  const place = 4 * input.channelStep;
  return {
    ...{ lines: 1, lineBytes: length * place, above: 0, below: 0 },
    ...{ before: before * place, after: after * place },
    windows: {
      ...{ lineStep: layer.stride * place, pixelStep: layer.size * place },
      ...{ stride: 1, size: 1, height: count, width: 1 },
    },
  };
}
