import { expect } from 'vitest';
import type { EpochEvent, TrainedModel } from '#core/models/estimator.ts';
import { farthest } from './small-networks.ts';

/** What a training came to. */
export interface Outcome {
  readonly weights: TrainedModel['weights'];
  readonly curve: readonly EpochEvent[];
}

/** Expects weights and losses of two trainings to be within 1e-4 of each other. */
export function expectAlike(mine: Outcome, theirs: Outcome): void {
  const { by, tensor } = farthest(mine.weights, theirs.weights);
  expect(by, tensor).toBeLessThan(1e-4);
  for (const [i, { trainLoss, validationLoss }] of mine.curve.entries()) {
    const beside = theirs.curve[i];
    expect(Math.abs(trainLoss - (beside?.trainLoss ?? NaN))).toBeLessThan(1e-4);
    const away = (validationLoss ?? NaN) - (beside?.validationLoss ?? NaN);
    expect(Math.abs(away)).toBeLessThan(1e-4);
  }
}
