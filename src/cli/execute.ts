import type { CheckpointStore } from '#core/checkpoints/checkpoint-store.ts';
import type { Dataset } from '#core/data/table.ts';
import type { Engine } from '#core/engine.ts';
import type { RunOutcome } from '#core/run-experiment.ts';
import type { Spec } from '#core/spec/spec.ts';
import type { BegunBackend } from './begun-backend.ts';
import { commitOf } from './commit.mjs';
import { extractorBytes } from './extractor-file.ts';
import { progressPrinter } from './progress.ts';
import { newRunId } from './run-id.ts';

/**
 * What a spec runs on, here.
 * @param workers how many threads may train; as many as the machine has use for where absent
 * @param settled the backend where it is settled already, as that of a run that is resumed or replayed, and why
 * @throws TerrariumError where its backend does not run on the command line
 */
export async function openEngine(
  spec: Spec,
  workers?: number,
  settled: BegunBackend | null = null,
): Promise<Engine> {
  // Loaded once there is something to train: what is wrong with a call or a spec is said a second sooner.
  const { createNodeEngine } = await import('#engine/node-engine.ts');
  const engine = await createNodeEngine(settled?.name ?? spec.backend, workers);
  return settled === null
    ? engine
    : { ...engine, backend: { ...engine.backend, reason: settled.reason } };
}

interface Execution {
  readonly quiet: boolean;
  /** Where it keeps them; nowhere where absent. */
  readonly checkpoints?: CheckpointStore;
  /** It repeats a recorded run as that one was. */
  readonly isReplay?: boolean;
}

/** Runs a spec on this machine, with progress on stderr unless it is to be quiet. */
export async function execute(
  spec: Spec,
  dataset: Dataset,
  engine: Engine,
  { quiet, checkpoints, isReplay = false }: Execution,
): Promise<RunOutcome> {
  const { runExperiment } = await import('#core/run-experiment.ts');
  return runExperiment({
    spec,
    dataset,
    engine,
    signal: new AbortController().signal,
    onEvent: quiet ? () => {} : progressPrinter(process.stderr, spec.task),
    id: newRunId(),
    commit: commitOf(),
    extractorBytes,
    isReplay,
    ...(checkpoints === undefined ? {} : { checkpoints }),
  });
}
