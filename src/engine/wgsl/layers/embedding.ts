import { sizeOf, type EmbeddingLayer } from '#core/networks/layer.ts';
import { otherOf, plainFeatures, vectorsOf } from '#core/networks/layers/embedding.ts';
import { embeddingPass, type CodeTable } from '#engine/wgsl/shaders/embedding.ts';
import type { GpuLayerKind } from './gpu-layer.ts';
import { filledUp, newSignal, overQuads, THREADS, widthOf } from './signals.ts';

/** It stands first. The vector for what is missing or unknown stands behind those of the categories. */
export const embedding: GpuLayerKind<EmbeddingLayer> = {
  plan(layer, site) {
    const { input, placed, store } = site;
    const output = newSignal(site, placed.output);
    let first = plainFeatures(layer, input.shape).length;
    const tables = layer.codes.map(({ feature, categories, size }, k): CodeTable => {
      const rows = { rows: categories, rowStep: categories, height: categories };
      const { at, gradients } = store(
        [
          { role: vectorsOf(k), ...rows },
          { role: otherOf(k), rows: 1, rowStep: 1, height: 1 },
        ],
        1,
      );
      const table = {
        feature,
        categories,
        size,
        columns: filledUp(size) / 4,
        first,
        at,
        gradients,
      };
      first += size;
      return table;
    });
    const code = embeddingPass(tables, {
      WIDTH: sizeOf(placed.output),
      GIVEN: input.at,
      GIVES: output.at,
      SLOPES: output.derivatives ?? 0,
    });
    const forward = [{ code, entry: 'look_up', workgroups: overQuads(widthOf(output)) }];
    const longest = Math.max(
      ...tables.map(({ categories, columns }) => (categories + 1) * columns),
    );
    const groups = [Math.ceil(longest / THREADS), tables.length] as const;
    const back = [{ code, entry: 'gather', workgroups: () => groups }];
    return { output, forward, answer: forward, back };
  },
};
