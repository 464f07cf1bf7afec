import type { NetworkMachine } from '#core/kernels/network-kernels.ts';
import { clipFactor } from '#engine/networks/clip-factor.ts';
import type { Arena } from './arena.ts';

/** Makes the gradients shorter where they are longer than `most` as one vector; 0 leaves them. */
export function clipGradients({ kernels }: NetworkMachine, arena: Arena, most: number): void {
  if (most === 0) return;
  const { gradients, trained } = arena;
  const factor = clipFactor(Math.sqrt(kernels.sumSquares(gradients, trained)), most);
  if (factor < 1) kernels.scale(gradients, trained, factor);
}
