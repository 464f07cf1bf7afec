import type { RunEntity } from '#storage/entities.ts';
import { datasets } from './datasets.svelte.ts';
import { runs } from './runs.ts';

/**
 * What the person is working on: the data set and the run whose pages were opened last. The stages of
 * the flow lead there and mark what is done.
 */
class Current {
  #datasetId: string | null = $state(null);
  #runId: string | null = $state(null);
  #target: string | null = $state(null);
  /** The task that an address named in place of a target. */
  #task: string | null = $state(null);
  /** The version that an address named; null for the newest. */
  #version: string | null = $state(null);
  /** The run that was opened, else the newest on the data set. */
  readonly #run: RunEntity | null = $derived.by(() => {
    const all = runs.value ?? [];
    const opened = all.find((run) => run.id === this.#runId);
    return opened ?? all.find((run) => run.datasetId === this.#datasetId) ?? null;
  });

  /** Null also where an address named a data set that is not in this browser. */
  get datasetId(): string | null {
    const named = this.#namedDataset;
    const all = datasets.value;
    return all === undefined || all.some(({ id }) => id === named) ? named : null;
  }

  get #namedDataset(): string | null {
    return this.#runId === null ? this.#datasetId : (this.#run?.datasetId ?? this.#datasetId);
  }

  get run(): RunEntity | null {
    return this.#run;
  }

  /** The column to predict: chosen on the data set's page, else the run's. */
  get target(): string | null {
    if (this.#task !== null) return null;
    return this.#target ?? this.#run?.spec.target ?? null;
  }

  /** The task, where there is no target: chosen on the data set's page, else the run's. */
  get task(): string | null {
    if (this.target !== null) return null;
    return this.#task ?? this.#run?.spec.task ?? null;
  }

  /** The version of the data set that is looked at, or that the run trained on; null for the newest. */
  get version(): string | null {
    if (this.#runId === null || this.#run === null) return this.#version;
    const { datasetId, datasetVersion } = this.#run;
    const newest = datasets.value?.find(({ id }) => id === datasetId)?.version;
    return datasetVersion === newest ? null : String(datasetVersion);
  }

  /**
   * @param target the column that the page proposes or was asked to predict
   * @param version the version that its address names
   * @param task what it was asked to find where there is no target
   */
  openDataset(
    id: string,
    target: string | null,
    version: string | null,
    task: string | null = null,
  ): void {
    if (this.#namedDataset !== id) {
      this.#runId = null;
      this.#target = null;
      this.#task = null;
    }
    this.#datasetId = id;
    if (target !== null || task !== null) [this.#target, this.#task] = [target, task];
    this.#version = version;
  }

  openRun(id: string): void {
    this.#runId = id;
    this.#target = null;
    this.#task = null;
  }
}

export const current = new Current();
