import type { EpochEvent } from '#core/models/estimator.ts';
import type { TrainingPulse } from '#core/models/training-pulse.ts';
import type { ParameterValues } from '#core/spec/parameters.ts';

/** How far a training has come of the most that it may do, by its epochs and, where it tells them, its steps. */
export class Headway {
  #share = 0;

  /** @returns the share of all epochs or steps that is done, 0 to 1; never less than before */
  at(told: Pick<EpochEvent, 'epoch' | 'epochs'> | Pick<TrainingPulse, 'step' | 'steps'>): number {
    const share = 'step' in told ? told.step / told.steps : told.epoch / told.epochs;
    return (this.#share = Math.max(this.#share, share));
  }
}

/**
 * Milliseconds that a training still takes at most: at its pace so far, and not beyond its budget of seconds.
 * @param elapsedMs of work so far
 * @param share of it that is done, above 0
 */
export function timeLeftMs(elapsedMs: number, share: number, parameters: ParameterValues): number {
  const atPace = (elapsedMs / share) * (1 - share);
  const seconds = parameters['max_seconds'];
  if (typeof seconds !== 'number' || seconds === 0) return atPace;
  return Math.min(atPace, Math.max(0, 1000 * seconds - elapsedMs));
}
