import { sizeOf, type BatchNormLayer } from '#core/networks/layer.ts';
import { RUNNING_SHARE, VARIANCE_FLOOR } from '#core/networks/layers/batch-norm.ts';
import { batchNormPass } from '#engine/wgsl/shaders/batch-norm.ts';
import type { GpuLayerKind } from './gpu-layer.ts';
import { changedSignal, filledUp, overQuads, widthOf } from './signals.ts';

/** Behind a layer with tensors, where channels are filled up to fours. */
export const batchNorm: GpuLayerKind<BatchNormLayer> = {
  plan(_, site) {
    const { input, store, keep } = site;
    const channels = input.shape.at(-1) ?? 0;
    const numbers = filledUp(channels);
    const own = { rows: 1, rowStep: 1, height: 1 };
    const { at, gradients } = store(
      [
        { role: 'scale', ...own },
        { role: 'offset', ...own },
      ],
      1,
    );
    const output = changedSignal(site);
    const columns = numbers / 4;
    const code = batchNormPass({
      PIXELS: sizeOf(input.shape) / channels,
      COLUMNS: columns,
      SCALE: at,
      OFFSET: at + columns,
      GRADIENTS: gradients,
      RUNNING_MEAN: keep('mean', numbers),
      RUNNING_VARIANCE: keep('variance', numbers),
      MEANS: keep(null, numbers),
      INVERSES: keep(null, numbers),
      GIVEN: input.at,
      GIVES: output.at,
      SLOPES: output.derivatives ?? 0,
      RUNNING_SHARE,
      VARIANCE_FLOOR,
    });
    const byColumns = () => [columns] as const;
    return {
      output,
      forward: [{ code, entry: 'normalize', workgroups: byColumns }],
      answer: [{ code, entry: 'answer', workgroups: overQuads(widthOf(input) / 4) }],
      back: [{ code, entry: 'back', workgroups: byColumns }],
    };
  },
};
