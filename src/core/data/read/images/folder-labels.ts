import { inputError } from '#core/errors.ts';
import type { PartName } from '../../split/parts.ts';
import { pathParts } from './archive-names.ts';

/** What folders say that a data set was parted by, in our own words. */
const parts: ReadonlyMap<string, PartName> = new Map([
  ['train', 'train'],
  ['training', 'train'],
  ['val', 'validation'],
  ['valid', 'validation'],
  ['validation', 'validation'],
  ['dev', 'validation'],
  ['test', 'test'],
  ['testing', 'test'],
]);

export interface FolderLabels {
  /** Of each path: the folders that hold it, without those that say nothing of it. */
  readonly labels: readonly string[];
  /** The part of a split that each path belongs to; null where folders say nothing of that. */
  readonly split: readonly PartName[] | null;
}

/**
 * Labels of images by their folders. One folder around all of them is skipped; above the labels, folders named
 * train, validation and test say how the images are to be split.
 * @throws TerrariumError `image_without_label` for a file that no folder holds
 */
export function folderLabels(paths: readonly string[]): FolderLabels {
  let folders = paths.map((path) => pathParts(path).slice(0, -1));
  refuseUnlabelled(paths, folders);
  const outer = folders[0]?.[0];
  if (folders.every((one) => one.length > 1 && one[0] === outer)) folders = inner(folders);
  const split = partsOf(folders);
  if (split !== null) folders = inner(folders);
  return { labels: folders.map((one) => one.join('/')), split };
}

/** One folder alone, or a file that lies beside the folder, is no part. */
function partsOf(folders: readonly (readonly string[])[]): PartName[] | null {
  const found = folders.flatMap(([outer = '', ...rest]) =>
    rest.length === 0 ? [] : (parts.get(outer.toLowerCase()) ?? []),
  );
  return found.length === folders.length && new Set(found).size > 1 ? found : null;
}

function inner(folders: readonly (readonly string[])[]): string[][] {
  return folders.map((one) => one.slice(1));
}

function refuseUnlabelled(paths: readonly string[], folders: readonly (readonly string[])[]): void {
  const bare = paths.filter((_, i) => folders[i]?.length === 0);
  const [first] = bare;
  if (first === undefined) return;
  const which = bare.length === 1 ? 'one, ' : `${bare.length} of them, such as `;
  throw inputError(
    'image_without_label',
    paths.length === bare.length
      ? `The ${paths.length} images lie in no folder that names their label, and no table names it either.`
      : `Of the ${paths.length} images ${which}${first}, lie in no folder that names their label.`,
    'Put the images of each label into a folder of its name, or add a CSV with a column of file names.',
    { count: bare.length, file: first },
  );
}
