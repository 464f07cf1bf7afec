import type { ActivationLayer } from '#core/networks/layer.ts';
import { activationPass } from '#engine/wgsl/shaders/activation-pass.ts';
import type { GpuLayerKind } from './gpu-layer.ts';
import { changedSignal, overQuads, widthOf } from './signals.ts';

export const activation: GpuLayerKind<ActivationLayer> = {
  plan(layer, site) {
    const output = changedSignal(site);
    const width = widthOf(output);
    const code = activationPass(layer, {
      WIDTH: width,
      GIVEN: site.input.at,
      GIVES: output.at,
      SLOPES: output.derivatives ?? 0,
    });
    const workgroups = overQuads(width);
    const forward = [{ code, entry: 'activate_all', workgroups }];
    const back = output.derivatives === null ? [] : [{ code, entry: 'back', workgroups }];
    return { output, forward, answer: forward, back };
  },
};
