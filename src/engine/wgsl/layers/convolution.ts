import type { ConvolutionLayer } from '#core/networks/layer.ts';
import { imageOf, windowsOf } from '#core/networks/window.ts';
import { convolutionForward } from '#engine/wgsl/shaders/convolution-forward.ts';
import type { GpuLayerKind } from './gpu-layer.ts';
import { filledUp, newSignal, overQuads } from './signals.ts';
import { windowsBack } from './windows-back.ts';

export const convolution: GpuLayerKind<ConvolutionLayer> = {
  plan(layer, site) {
    const { input, placed } = site;
    const [height, width, channels] = imageOf(input.shape);
    const { top, left } = windowsOf(layer, input.shape);
    const [givesHeight, givesWidth, filters] = imageOf(placed.output);
    const output = newSignal(site, placed.output);
    const windows = {
      HEIGHT: height,
      WIDTH: width,
      STEP: input.channelStep,
      SIZE: layer.size,
      STRIDE: layer.stride,
      TOP: top,
      LEFT: left,
      GIVES_HEIGHT: givesHeight,
      GIVES_WIDTH: givesWidth,
      COLUMNS: filledUp(filters) / 4,
    };
    const { stored, back } = windowsBack(site, output, windows, {
      role: 'kernel',
      rows: channels,
      rowStep: input.channelStep,
      height: filledUp(layer.size * layer.size * input.channelStep),
    });
    const code = convolutionForward(windows, {
      CHANNELS: channels,
      ...stored,
      GIVEN: input.at,
      GIVES: output.at,
    });
    const workgroups = overQuads(givesHeight * givesWidth * windows.COLUMNS);
    const forward = [{ code, entry: 'convolve', workgroups }];
    return { output, forward, answer: forward, back };
  },
};
