import { inputError } from '#core/errors.ts';
import type { Cells } from '../../cells.ts';
import type { Table } from '../../table.ts';
import { plainPath } from './archive-names.ts';
import { imageCount } from './image-files.ts';

export interface ManifestMatch {
  /** Index of the column that names the files. */
  readonly column: number;
  /** For each row the index of its image. */
  readonly images: Int32Array;
  /** Paths of images that no row names. */
  readonly unnamed: readonly string[];
}

/**
 * Finds the column of a table whose cells name the images of an archive: by their path in it or from the table's own
 * folder on, by their name, or by their name without its ending, where that is one image's alone.
 * @throws TerrariumError where no column or two columns do, where a row names none, or two rows name one
 */
export function matchManifest(name: string, table: Table, paths: readonly string[]): ManifestMatch {
  const lookUps = waysToName(name, paths);
  const found = table.columns.map((cells) => imagesNamed(cells, lookUps));
  const hits = found.map((images) => new Set(images.filter((image) => image >= 0)).size);
  const most = hits.reduce((best, count) => Math.max(best, count), 0);
  const column = hits.indexOf(most);
  const images = found[column];
  if (images === undefined || most === 0) throw namesNone(name, paths);
  const other = hits.indexOf(most, column + 1);
  if (other >= 0) throw namesTwice(name, [table.names[column] ?? '', table.names[other] ?? '']);
  const label = `${name}, column "${table.names[column] ?? ''}"`;
  refuseStrangers(label, images, table.columns[column]);
  refuseRepeats(label, images, paths);
  const named = new Set(images);
  return { column, images, unnamed: paths.filter((_, i) => !named.has(i)) };
}

/** Image by what it may be called; −1 where several may be. */
type LookUp = ReadonlyMap<string, number>;

function waysToName(manifest: string, paths: readonly string[]): LookUp[] {
  const folder = manifest.slice(0, manifest.lastIndexOf('/') + 1);
  const names = paths.map((path) => path.slice(path.lastIndexOf('/') + 1));
  return [
    lookUp(paths),
    lookUp(paths.map((path) => (path.startsWith(folder) ? path.slice(folder.length) : path))),
    lookUp(names),
    lookUp(names.map((name) => name.replace(/\.[^.]+$/, ''))),
  ];
}

function lookUp(names: readonly string[]): LookUp {
  const images = new Map<string, number>();
  for (const [i, name] of names.entries()) images.set(name, images.has(name) ? -1 : i);
  return images;
}

function imagesNamed(cells: Cells, lookUps: readonly LookUp[]): Int32Array {
  return Int32Array.from({ length: cells.length }, (_, row) => {
    const path = plainPath(cells.at(row).trim().replaceAll('\\', '/'));
    for (const images of lookUps) {
      const image = images.get(path) ?? -1;
      if (image >= 0) return image;
    }
    return -1;
  });
}

function refuseStrangers(label: string, images: Int32Array, cells: Cells | undefined): void {
  const row = images.indexOf(-1);
  if (row < 0) return;
  const count = images.reduce((sum, image) => sum + (image < 0 ? 1 : 0), 0);
  throw inputError(
    'image_missing',
    `${label}: ${count} of ${images.length} rows name no image of the archive; the first is row ${row + 1}, "${(cells?.at(row) ?? '').slice(0, 80)}".`,
    'Add the images, correct their names, or take these rows out of the table.',
    { row: row + 1, count },
  );
}

function refuseRepeats(label: string, images: Int32Array, paths: readonly string[]): void {
  const rowOf = new Map<number, number>();
  for (const [row, image] of images.entries()) {
    const first = rowOf.get(image);
    if (first !== undefined) {
      throw inputError(
        'image_named_twice',
        `${label}: rows ${first + 1} and ${row + 1} both name ${paths[image] ?? ''}.`,
        'Give each image one row.',
        { row: row + 1 },
      );
    }
    rowOf.set(image, row);
  }
}

function namesNone(name: string, paths: readonly string[]): Error {
  return inputError(
    'manifest_without_images',
    `The archive holds ${imageCount(paths.length)} and one table, ${name}, of which no column names them.`,
    `Add a column of file names, such as ${paths[0] ?? 'a.png'}, or pack table and images into archives of their own.`,
    { file: name },
  );
}

function namesTwice(name: string, columns: readonly [string, string]): Error {
  return inputError(
    'manifest_names_twice',
    `${name}: the columns "${columns[0]}" and "${columns[1]}" both name images, and a row can have one.`,
    'Take one of the columns out, with its images.',
    { file: name, columns },
  );
}
