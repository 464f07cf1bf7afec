import { inputError } from '#core/errors.ts';

/** Numbers in the features of one step's training rows: 0.8 GB as a step makes them, and half of that for the model. */
const MOST_CELLS = 100_000_000;

/**
 * Refuses features that would not fit into a tab's memory, before they are made.
 * @throws TerrariumError with the numbers
 */
export function refuseTooMany(step: string, features: number, rows: number): void {
  if (features * rows <= MOST_CELLS) return;
  const most = Math.floor(MOST_CELLS / rows).toLocaleString('en');
  throw inputError(
    'too_many_features',
    `The step ${step} would make ${features.toLocaleString('en')} features of ${rows.toLocaleString('en')} training rows, and at most ${most} fit into memory.`,
    'Give the step fewer columns, or set its parameters so that it makes fewer features.',
    { path: 'steps' },
  );
}
