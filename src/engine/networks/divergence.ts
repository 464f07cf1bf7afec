import { runError } from '#core/errors.ts';

/** A loss so many times the first one's, or so many where that is below 1, has exploded. */
const MOST_TIMES = 1e6;

/** A batch's loss, and where it stands. */
export interface BatchLoss {
  readonly epoch: number;
  /** Counted from 1. */
  readonly step: number;
  /** Of its rows. */
  readonly mean: number;
  /** The very first batch's. */
  readonly first: number;
}

/** @throws TerrariumError where a batch's loss is no number or has exploded: what happened, and what to try */
export function refuseDivergence({ epoch, step, mean, first }: BatchLoss): void {
  // Sums may be wider, but what is learned from them is 32-bit numbers on every backend.
  const isNumber = Number.isFinite(Math.fround(mean));
  if (isNumber && mean <= MOST_TIMES * Math.max(1, first)) return;
  const what = isNumber
    ? `has exploded from ${first.toPrecision(3)} to ${mean.toPrecision(3)}`
    : 'is no longer a number';
  throw runError(
    'diverged',
    `The network's training loss ${what} in epoch ${epoch}, at step ${step}.`,
    'Lower the learning rate, limit the longest gradient (clip_norm: 1), scale the columns, or look for values far outside the rest.',
    { epoch },
  );
}

/** @throws TerrariumError where the validation loss is no number */
export function refuseNoNumber(epoch: number, validationLoss: number): void {
  if (Number.isFinite(validationLoss)) return;
  throw runError(
    'diverged',
    `The network's validation loss is no longer a number after epoch ${epoch}.`,
    'Lower the learning rate, limit the longest gradient (clip_norm: 1), scale the columns, or look for values far outside the rest; columns.NAME.missing lists texts that mean missing.',
    { epoch },
  );
}
