import type { MaxPoolLayer } from '#core/networks/layer.ts';
import { imageOf } from '#core/networks/window.ts';
import { maxPoolPass } from '#engine/wgsl/shaders/max-pool.ts';
import type { GpuLayerKind, Signal } from './gpu-layer.ts';
import { overQuads, widthOf } from './signals.ts';

export const maxPool: GpuLayerKind<MaxPoolLayer> = {
  plan(_, { placed, input, take }) {
    const laid = { shape: placed.output, channelStep: input.channelStep };
    const width = widthOf(laid);
    const output: Signal = {
      ...laid,
      at: take(width),
      derivatives: input.derivatives === null ? null : take(width),
    };
    const [inputHeight, inputWidth] = imageOf(input.shape);
    const [outputHeight, outputWidth] = imageOf(output.shape);
    const code = maxPoolPass({
      NUMBERS: width,
      STEP: input.channelStep,
      HEIGHT: inputHeight,
      WIDTH: inputWidth,
      GIVES_HEIGHT: outputHeight,
      GIVES_WIDTH: outputWidth,
      GIVEN: input.at,
      GIVES: output.at,
      SLOPES: output.derivatives ?? 0,
      INPUT_SLOPES: input.derivatives ?? 0,
    });
    const workgroups = overQuads(width);
    const forward = [{ code, entry: 'pool', workgroups }];
    const back = input.derivatives === null ? [] : [{ code, entry: 'back', workgroups }];
    return { output, forward, answer: forward, back };
  },
};
