import type { Engine } from '#core/engine.ts';
import { findRate, type RateFinding, type RateProgress } from '#core/find-rate.ts';
import type { Job } from '#core/job-queue.ts';
import type { BackendChoice, Spec } from '#core/spec/spec.ts';
import type { TerrariumDatabase } from './database.ts';
import { extractorBytes } from './extractors.ts';
import { readForSpec } from './read-for-spec.ts';
import type { StoredFile } from './read-version.ts';
import { inTurn } from './turns.ts';

/** What a learning rate is wanted for. */
export interface RateQuery extends StoredFile {
  readonly spec: Spec;
  /** The name of a network in it. */
  readonly candidate: string;
}

/**
 * Finds a learning rate as a job, in turn with the trainings of all tabs. Nothing of it is stored.
 * @throws TerrariumError as `findRate` does
 */
export async function findStoredRate(
  db: TerrariumDatabase,
  { spec, candidate, ...file }: RateQuery,
  { signal, turn }: Pick<Job, 'signal' | 'turn'>,
  given: {
    readonly createEngine: (choice: BackendChoice) => Promise<Engine>;
    readonly onProgress: (progress: RateProgress) => void;
  },
): Promise<RateFinding> {
  await turn();
  return inTurn(db, signal, async () => {
    given.onProgress({ step: 'reading', done: 0, total: 1 });
    const dataset = await readForSpec(db, file, spec, signal);
    const engine = await given.createEngine(spec.backend);
    return findRate({
      ...{ spec, dataset, engine, signal, candidate },
      extractorBytes: (wanted) => extractorBytes(db, wanted),
      onProgress: given.onProgress,
    });
  });
}
