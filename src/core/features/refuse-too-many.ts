import { inputError } from '#core/errors.ts';
import type { SparseFeatures } from './sparse-rows.ts';

/** Numbers in the features of one step's training rows: 0.8 GB as a step makes them, and half of that for the model. */
export const MOST_CELLS = 100_000_000;

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

/** Bytes of decoded images that are kept for a network to see. */
const MOST_BYTES = 4 * MOST_CELLS;

/** Refuses images that would not fit into memory, a byte for each value. @throws TerrariumError with the numbers */
export function refuseTooManyPixels(each: number, rows: number): void {
  if (each * rows <= MOST_BYTES) return;
  const most = Math.floor(MOST_BYTES / each).toLocaleString('en');
  throw inputError(
    'too_many_features',
    `Of ${rows.toLocaleString('en')} images, as large as their network wants them, at most ${most} fit into memory.`,
    'Use fewer rows, or a network for smaller images.',
    { path: 'steps' },
  );
}

/**
 * Refuses to write sparse features out for a step that needs every cell.
 * @throws TerrariumError with the numbers
 */
export function refuseWritingOut(step: string, sparse: readonly SparseFeatures[]): void {
  const features = sparse.reduce((sum, { names }) => sum + names.length, 0);
  const rows = (sparse[0]?.rows.starts.length ?? 1) - 1;
  if (features * rows <= MOST_CELLS) return;
  throw inputError(
    'too_many_features',
    `The step ${step} would have to write out ${features.toLocaleString('en')} features of ${rows.toLocaleString('en')} rows, nearly all of them 0, and at most ${Math.floor(MOST_CELLS / rows).toLocaleString('en')} fit into memory.`,
    'Leave out the step for these columns, or have the one before it make fewer features.',
    { path: 'steps' },
  );
}
