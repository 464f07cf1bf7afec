import { toFailure, type FailureData } from '#core/errors.ts';
import type { ReadProgress } from '#core/protocol.ts';
import { deleteDataset, observeDataset, observeDatasets } from '#storage/datasets.ts';
import type { DatasetEntity } from '#storage/entities.ts';
import { database } from './database.ts';
import { jobs, type Job } from './jobs.ts';
import { Live } from './live.ts';

export type { DatasetEntity } from '#storage/entities.ts';

/** All data sets, newest first. */
export const datasets = new Live<readonly DatasetEntity[]>(observeDatasets(database));

/** One data set; its value is undefined where there is none (any more). */
export function liveDataset(id: string): Live<DatasetEntity | undefined> {
  return new Live(observeDataset(database, id));
}

/** Deletes a data set with its runs. @throws TerrariumError `dataset_in_use` */
export async function removeDataset(id: string): Promise<void> {
  await deleteDataset(database, id);
}

export interface Imported {
  readonly datasetId: string;
  /** The same bytes were imported before: this is that data set. */
  readonly alreadyThere: boolean;
}

/** Reading a file into storage, one at a time: what a page shows of it. */
export class Importer {
  #job: Job<Imported> | null = $state.raw(null);
  #name: string = $state('');
  #progress: ReadProgress | null = $state.raw(null);
  #failure: FailureData | null = $state.raw(null);

  get busy(): boolean {
    return this.#job !== null;
  }

  /** The file that is being read, or was refused. */
  get name(): string {
    return this.#name;
  }

  get progress(): ReadProgress | null {
    return this.#progress;
  }

  get failure(): FailureData | null {
    return this.#failure;
  }

  /** @returns null where the file was refused (see `failure`) or its reading cancelled */
  async read(file: Blob, name: string): Promise<Imported | null> {
    await this.cancel();
    this.#name = name;
    this.#progress = null;
    this.#failure = null;
    const job = jobs.importDataset(file, name, (progress) => (this.#progress = progress));
    this.#job = job;
    try {
      return await job.done;
    } catch (thrown) {
      const failure = toFailure(thrown);
      if (failure.kind !== 'cancelled' && this.#job === job) this.#failure = failure;
      return null;
    } finally {
      if (this.#job === job) this.#job = null;
    }
  }

  /** Reports a failure that came before the reading, for example a sample that could not be loaded. */
  refuse(name: string, thrown: unknown): void {
    this.#name = name;
    this.#failure = toFailure(thrown);
  }

  async cancel(): Promise<void> {
    await this.#job?.cancel();
  }
}
