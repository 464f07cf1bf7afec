import { sizeOf, type DropoutLayer } from '#core/networks/layer.ts';
import { dropoutPass } from '#engine/wgsl/shaders/dropout-pass.ts';
import type { GpuLayerKind } from './gpu-layer.ts';
import { changedSignal, overQuads, widthOf } from './signals.ts';

/** What only answers drops nothing, and hands its rows on as they are. */
export const dropout: GpuLayerKind<DropoutLayer> = {
  plan({ share }, site) {
    const { shape, channelStep } = site.input;
    const output = changedSignal(site);
    const width = widthOf(output);
    const code = dropoutPass(site.seed, {
      share,
      index: site.placed.index,
      rowWidth: sizeOf(shape),
      place: {
        WIDTH: width,
        CHANNELS: shape.at(-1) ?? 0,
        STEP: channelStep,
        GIVEN: site.input.at,
        GIVES: output.at,
        SLOPES: output.derivatives ?? 0,
      },
    });
    const work = (entry: string) => [{ code, entry, workgroups: overQuads(width) }];
    const back = output.derivatives === null ? [] : work('back');
    return { output, forward: work('drop'), answer: work('hand_on'), back };
  },
};
