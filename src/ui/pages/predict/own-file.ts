import { originalFile, type DatasetEntity } from '#app/datasets.svelte.ts';
import type { ReadSettings } from '#core/data/read/settings.ts';
import type { Contract } from '#core/spec/contract.ts';

/** The file that a run was made of, to be predicted from. */
export interface OwnFile {
  readonly name: string;
  /** Its name, with the version where there are several. */
  readonly label: string;
  /** Rejects where it was deleted in the meantime. */
  readonly content: () => Promise<Blob>;
  /** As the run read it. */
  readonly settings: ReadSettings;
}

/** @param dataset at the run's version */
export function ownFile(dataset: DatasetEntity, settings: ReadSettings = {}): OwnFile {
  const { info, version, versions } = dataset;
  const label = versions.length === 1 ? info.name : `${info.name}, version ${version}`;
  return { name: info.name, label, content: () => originalFile(dataset), settings };
}

/** What the rows of a model's data are to a person. */
export function thingsOf({ task, inputs }: Contract): string {
  if (task === 'language') return 'texts';
  return inputs.some(({ type }) => type === 'image') ? 'images' : 'rows';
}
