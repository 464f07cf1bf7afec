import { exp } from '#core/math.ts';
import type { RowBlock } from './row-blocks.ts';

/** Σ exp(score) − amount·score, which is half the Poisson deviance but for a constant. Targets are amounts of at least 0. */
export function poissonLoss({ scores, target, counts }: RowBlock, rows: number): number {
  let loss = 0;
  for (let i = 0; i < rows; i += 1) {
    const count = counts[i] ?? 0;
    const score = scores[i] ?? 0;
    const amount = target[i] ?? 0;
    const expected = exp(score);
    if (count !== 0) loss += count * (expected - amount * score);
    scores[i] = count === 0 ? 0 : count * (expected - amount);
  }
  return loss;
}
