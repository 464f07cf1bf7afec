import type { Task } from '#core/spec/spec.ts';
import type { ReadSettings } from '#core/data/read/settings.ts';
import { folderFiles } from '#core/data/read/zip/folder-files.ts';
import type { NamedFile } from '#core/data/read/zip/pack-files.ts';
import { packName } from '#core/data/read/zip/pack-name.ts';
import { toFailure, type FailureData } from '#core/errors.ts';
import type { ImportedVersion, ReadProgress } from '#core/protocol/data-worker.ts';
import {
  deleteDataset,
  getDataset,
  getDatasetFile,
  observeDataset,
  observeDatasets,
  renameDataset,
} from '#storage/datasets.ts';
import type { DatasetEntity } from '#storage/entities.ts';
import { atVersion, confirmVersion, deleteVersion, setApart } from '#storage/versions.ts';
import { database } from './database.ts';
import { jobs } from './jobs.ts';
import type { Job } from './job.ts';
import { Live } from './live.ts';

export type { DatasetEntity, DatasetVersion } from '#storage/entities.ts';
export type Imported = ImportedVersion;

/** All data sets at their newest versions, the newest data set first. */
export const datasets = new Live<readonly DatasetEntity[]>(observeDatasets(database));

/** One data set at its newest version; its value is undefined where there is none (any more). */
export function liveDataset(id: string): Live<DatasetEntity | undefined> {
  return new Live(observeDataset(database, id));
}

/** The data set at the version that an address names, else as it is; undefined where it has no such version. */
export function shownVersion(
  dataset: DatasetEntity,
  asked: string | null,
): DatasetEntity | undefined {
  return asked === null ? dataset : atVersion(dataset, Number(asked));
}

/** The query of a data set's pages: the target, and the version unless it is the newest. */
export function pageQuery({ version, versions }: DatasetEntity, target = ''): string {
  const isNewest = version === versions.at(-1)?.number;
  const pairs = [
    ...(target === '' ? [] : [`target=${encodeURIComponent(target)}`]),
    ...(isNewest ? [] : [`version=${version}`]),
  ];
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** The same for a task that has no target. */
export function taskQuery(dataset: DatasetEntity, task: Task): string {
  const query = pageQuery(dataset);
  return query === '' ? `?task=${task}` : `${query}&task=${task}`;
}

/** Where the page of an imported file is; should another tab have deleted it already, the page says so. */
export async function importedPage(imported: Imported, target?: string): Promise<string> {
  const { datasetId, version } = imported;
  const dataset = await getDataset(database, datasetId, version).catch(() => null);
  return `/data/${datasetId}${dataset === null ? '' : pageQuery(dataset, target)}`;
}

/** Deletes a data set with its versions and runs. @throws TerrariumError `dataset_in_use` */
export async function removeDataset(id: string): Promise<void> {
  await deleteDataset(database, id);
}

/** Deletes a version with the runs on it. @throws TerrariumError `dataset_in_use` */
export async function removeVersion({ id, version }: DatasetEntity): Promise<void> {
  await deleteVersion(database, id, version);
}

/** @throws TerrariumError `dataset_not_found`, `no_name` */
export async function renameTo(id: string, name: string): Promise<void> {
  await renameDataset(database, id, name);
}

/** The file as it was imported. @throws TerrariumError `blob_missing` */
export async function originalFile({ id, version }: DatasetEntity): Promise<Blob> {
  return getDatasetFile(database, id, version);
}

/** Says that a version that was placed by its name belongs where it is. */
export async function confirmPlace({ id, version }: DatasetEntity): Promise<void> {
  await confirmVersion(database, id, version);
}

/** Makes a version a data set of its own. @returns its id @throws TerrariumError `dataset_in_use` */
export async function keepApart({ id, version }: DatasetEntity): Promise<string> {
  return setApart(database, id, version);
}

/** Where files are from, and the data set that they are a new version of, if that is said. */
interface ImportPlacing {
  readonly from: 'file' | 'sample';
  readonly versionOf?: string;
}

/** A file, or several to be packed into one, and how it is read, if that is said. */
interface ImportSource extends ImportPlacing {
  readonly file: Blob | readonly NamedFile[];
  readonly name: string;
  readonly settings?: ReadSettings;
}

/** Reading a file into storage, one at a time: what a page shows of it. */
export class Importer {
  #source: ImportSource | null = $state.raw(null);
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

  /** What is settled about how the file is read. */
  get settings(): ReadSettings {
    return this.#source?.settings ?? {};
  }

  /** There is a file to read again. */
  get canReadAgain(): boolean {
    return this.#source !== null;
  }

  /**
   * Reads what a person chose: one file as it is, several as one data set.
   * @returns null where there is nothing to read, it was refused (see `failure`) or its reading cancelled
   */
  async readAll(files: readonly File[], placing?: ImportPlacing): Promise<Imported | null> {
    const [file, ...more] = files;
    if (file === undefined) return null;
    if (more.length === 0) return this.read(file, file.name, placing);
    const named = files.map((one) => ({ name: one.name, file: one }));
    return this.read(named, packName(named.map(({ name }) => name)), placing);
  }

  /**
   * Reads the files of folders, named by their paths, as one data set.
   * @returns as `readAll`
   */
  async readFolder(files: readonly NamedFile[], placing?: ImportPlacing): Promise<Imported | null> {
    try {
      const folder = folderFiles(files);
      return await this.read(folder.files, folder.name, placing);
    } catch (thrown) {
      this.refuse('The folder', thrown);
      return null;
    }
  }

  /**
   * @param file one, or a list to be packed into one data set: also one with folders in its name
   * @returns null where it was refused (see `failure`) or its reading cancelled
   */
  async read(
    file: Blob | readonly NamedFile[],
    name: string,
    placing: ImportPlacing = { from: 'file' },
  ): Promise<Imported | null> {
    await this.cancel();
    this.#name = name;
    this.#failure = null;
    return this.#read({ file, name, ...placing });
  }

  /** Reads the last file in another way; what refused it before stands until it is read, or refused anew. */
  async readAgain(settings: ReadSettings): Promise<Imported | null> {
    await this.cancel();
    return this.#source === null ? null : this.#read({ ...this.#source, settings });
  }

  async #read(source: ImportSource): Promise<Imported | null> {
    this.#source = source;
    this.#progress = null;
    const job = jobs.importDataset(source, (progress) => (this.#progress = progress));
    this.#job = job;
    try {
      const imported = await job.done;
      this.#failure = null;
      return imported;
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
    this.#source = null;
    this.#name = name;
    this.#failure = toFailure(thrown);
  }

  async cancel(): Promise<void> {
    await this.#job?.cancel();
  }
}
