import type { BlockLoss } from './row-blocks.ts';

/** Scores that have coefficients: with two classes one, and the first class's is 0. */
export function freeScores(outputs: number): number {
  return outputs === 2 ? 1 : outputs;
}

/** Cross-entropy of linear scores, in nats. */
export function logisticLoss(outputs: number): BlockLoss {
  if (outputs === 2) {
    return ({ kernels, scores, target, counts }, rows) =>
      kernels.twoClassLoss(scores.byteOffset, target.byteOffset, counts.byteOffset, rows);
  }
  return ({ kernels, scores, stride, target, counts }, rows) =>
    kernels.manyClassLoss(
      scores.byteOffset,
      outputs,
      stride,
      target.byteOffset,
      counts.byteOffset,
      rows,
    );
}
