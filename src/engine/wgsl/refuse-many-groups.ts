import { runError } from '#core/errors.ts';
import type { RowCounts } from './network-buffers.ts';
import type { Passes } from './program.ts';

/**
 * Refuses a network of which a dispatch has more workgroups side by side than the device takes: it would fail in the middle of
 * its first step, by words about the device.
 * @param most in each direction
 */
export function refuseManyGroups(
  { training, measuring }: Passes,
  { batch, block }: Pick<RowCounts, 'batch' | 'block'>,
  most: number,
): void {
  const groups = [
    ...training.flatMap(({ workgroups }) => workgroups({ rows: batch })),
    ...measuring.flatMap(({ workgroups }) => workgroups({ rows: block })),
  ];
  const widest = Math.max(...groups.map((count = 1) => count));
  if (widest <= most) return;
  throw runError(
    'gpu_memory',
    `A layer of this network would take ${widest} workgroups side by side, and this GPU takes at most ${most}.`,
    'Use fewer features or smaller images, lower batch_size, filters or hidden_units, or choose the backend wasm.',
    { groups: widest, most },
  );
}
