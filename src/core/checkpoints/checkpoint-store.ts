/**
 * Where a driver keeps the checkpoints of one run, by name, until the run has ended. All of it belongs to that run; what
 * the bytes are is for `kept-bytes.ts` alone.
 */
export interface CheckpointStore {
  /** A training keeps one after so many milliseconds. */
  readonly everyMs: number;
  /** What was kept under a name before the run was interrupted; null where nothing was. */
  load(name: string): Promise<Uint8Array | null>;
  /** Keeps bytes in the place of those before, as a whole: whoever is stopped in the middle leaves the ones before. */
  keep(name: string, bytes: Uint8Array): Promise<void>;
}

/** A checkpoint of a training is kept after so many milliseconds, where nobody asks for another pace. */
export const CHECKPOINT_EVERY_MS = 2_000;
