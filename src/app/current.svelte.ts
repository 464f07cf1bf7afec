import type { RunEntity } from '#storage/entities.ts';
import { runs } from './runs.svelte.ts';

/**
 * What the person is working on: the data set and the run whose pages were opened last. The stages of
 * the flow lead there and mark what is done.
 */
class Current {
  #datasetId: string | null = $state(null);
  #runId: string | null = $state(null);
  /** The run that was opened, else the newest on the data set. */
  readonly #run: RunEntity | null = $derived.by(() => {
    const all = runs.value ?? [];
    const opened = all.find((run) => run.id === this.#runId);
    return opened ?? all.find((run) => run.datasetId === this.#datasetId) ?? null;
  });

  get datasetId(): string | null {
    return this.#runId === null ? this.#datasetId : (this.#run?.datasetId ?? this.#datasetId);
  }

  get run(): RunEntity | null {
    return this.#run;
  }

  openDataset(id: string): void {
    if (this.datasetId !== id) this.#runId = null;
    this.#datasetId = id;
  }

  openRun(id: string): void {
    this.#runId = id;
  }
}

export const current = new Current();
