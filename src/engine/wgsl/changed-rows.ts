import type { Breather } from '#core/breather.ts';
import { rowsOfBatch, type Batches, type NetworkStart } from '#engine/networks/network.ts';
import type { Gpu } from './gpu.ts';
import type { NetworkBuffers } from './program.ts';

/**
 * Brings rows that were changed by chance to the GPU, where the training rows stand, in the order in which they are trained
 * on: they are made outside, a batch after the other.
 * @returns where they stand, in that order
 */
export async function putChangedRows(
  gpu: Gpu,
  { features, targets, counts }: Pick<NetworkBuffers, 'features' | 'targets' | 'counts'>,
  { train }: Pick<NetworkStart, 'train'>,
  batches: Batches,
  changed: NonNullable<Batches['augmented']>,
  breather: Breather,
): Promise<Uint32Array> {
  const { width } = train.features;
  const [start] = rowsOfBatch(batches, 0);
  let end = start;
  for (const i of batches.rates.keys()) {
    await breather.breathe();
    const [from, to] = rowsOfBatch(batches, i);
    const rows = batches.order.subarray(from, to);
    const made = changed(i);
    const aims = made.targets ?? Float32Array.from(rows, (row) => train.target[row] ?? NaN);
    const weights = made.weights ?? Float32Array.from(rows, (row) => train.weights?.[row] ?? 1);
    const at = 4 * (from - start);
    gpu.write(features, at * width, made.features);
    gpu.write(targets, (at * aims.length) / rows.length, aims);
    gpu.write(counts, at, weights);
    end = to;
  }
  return Uint32Array.from({ length: end - start }, (_, place) => place);
}
