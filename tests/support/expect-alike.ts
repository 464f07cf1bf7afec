import { expect } from 'vitest';
import { farthest, type TrainedSmall } from './small-networks.ts';

/** Expects losses of two trainings, and the tensors that their last epochs ended with, to be within 1e-4 of each other. */
export function expectAlike(
  mine: Pick<TrainedSmall, 'curve' | 'end'>,
  theirs: Pick<TrainedSmall, 'curve' | 'end'>,
): void {
  const { by, tensor } = farthest(mine.end, theirs.end);
  expect(by, tensor).toBeLessThan(1e-4);
  expect(mine.curve).toHaveLength(theirs.curve.length);
  for (const [i, { trainLoss, validationLoss }] of mine.curve.entries()) {
    const beside = theirs.curve[i];
    expect(Math.abs(trainLoss - (beside?.trainLoss ?? NaN))).toBeLessThan(1e-4);
    const away = (validationLoss ?? NaN) - (beside?.validationLoss ?? NaN);
    expect(Math.abs(away)).toBeLessThan(1e-4);
  }
}
