import type { FeaturePower } from '#core/data/profile/predictive-power.ts';
import type { ColumnProfile } from '#core/data/profile/profile.ts';
import { toFailure, type FailureData } from '#core/errors.ts';
import type { ProfileProgress } from '#core/protocol/data-worker.ts';
import type { Task } from '#core/spec/spec.ts';
import type { DatasetEntity, ProfileEntity } from '#storage/entities.ts';
import { observeProfile } from '#storage/profiles.ts';
import { database } from './database.ts';
import { jobs } from './jobs.ts';
import type { Job } from './job.ts';
import { Live } from './live.ts';

export interface ProfileTarget {
  readonly name: string;
  readonly task: Task;
}

/** What is known of a data set's columns: shown as it is stored, computed where it is not. */
export class DatasetProfile {
  readonly #dataset: DatasetEntity;
  readonly #live: Live<ProfileEntity | undefined>;
  #job: Job<null> | null = $state.raw(null);
  #progress: ProfileProgress | null = $state.raw(null);
  #failure: FailureData | null = $state.raw(null);
  #stopped = $state(false);

  constructor(dataset: DatasetEntity) {
    this.#dataset = dataset;
    this.#live = new Live(observeProfile(database, dataset.info));
  }

  /** In the order of the data set's columns; undefined until they are known. */
  get columns(): readonly ColumnProfile[] | undefined {
    return this.#live.value?.profile.columns;
  }

  get associations(): ProfileEntity['associations'] {
    return this.#live.value?.associations;
  }

  powersFor({ name, task }: ProfileTarget): readonly FeaturePower[] | undefined {
    const found = this.#live.value?.powers.find((one) => one.target === name && one.task === task);
    return found?.powers;
  }

  get busy(): boolean {
    return this.#job !== null;
  }

  get progress(): ProfileProgress | null {
    return this.#progress;
  }

  get failure(): FailureData | null {
    return this.#failure ?? this.#live.failure ?? null;
  }

  /** The person cancelled it, and can have it continued. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** Whether storage has answered and lacks something that the page shows. */
  lacks(target: ProfileTarget | null): boolean {
    if (this.#live.loading || this.#live.failure !== undefined) return false;
    const hasPowers = target === null || this.powersFor(target) !== undefined;
    return this.associations === undefined || !hasPowers;
  }

  /** Computes what is not stored yet; one computation at a time, the last one asked for. */
  async compute(target: ProfileTarget | null): Promise<void> {
    await this.#job?.cancel();
    this.#failure = null;
    this.#stopped = false;
    this.#progress = null;
    const { id: datasetId, version } = this.#dataset;
    const job = jobs.profileDataset({ datasetId, version, target }, (progress) => {
      if (this.#job === job) this.#progress = progress;
    });
    this.#job = job;
    try {
      await job.done;
    } catch (thrown) {
      const failure = toFailure(thrown);
      if (this.#job === job && failure.kind !== 'cancelled') this.#failure = failure;
    } finally {
      if (this.#job === job) this.#job = null;
    }
  }

  async cancel(): Promise<void> {
    this.#stopped = this.#job !== null;
    await this.#job?.cancel();
  }
}
