import type { DenseLayer } from '#core/networks/layer.ts';
import { DENSE_COLUMNS, denseForward } from '#engine/wgsl/shaders/dense-forward.ts';
import type { GpuLayerKind } from './gpu-layer.ts';
import { filledUp, newSignal, widthOf } from './signals.ts';
import { windowsBack } from './windows-back.ts';

/** On the way back it is a convolution of one window. */
export const dense: GpuLayerKind<DenseLayer> = {
  plan({ units }, site) {
    const { input, placed } = site;
    const inputs = widthOf(input);
    const output = newSignal(site, placed.output);
    const columns = filledUp(units) / 4;
    const one = { HEIGHT: 1, WIDTH: 1, SIZE: 1, STRIDE: 1, TOP: 0, LEFT: 0 };
    const windows = { ...one, STEP: inputs, GIVES_HEIGHT: 1, GIVES_WIDTH: 1, COLUMNS: columns };
    const { stored, back } = windowsBack(site, output, windows, {
      role: 'kernel',
      rows: input.shape.at(-1) ?? 0,
      rowStep: input.channelStep,
      height: filledUp(inputs),
    });
    const code = denseForward({
      INPUTS: inputs,
      COLUMNS: columns,
      ...stored,
      GIVEN: input.at,
      GIVES: output.at,
    });
    const groups = Math.ceil(columns / DENSE_COLUMNS);
    const workgroups = (quads: number) => [groups, quads] as const;
    const forward = [{ code, entry: 'connect', workgroups }];
    return { output, forward, answer: forward, back };
  },
};
