import { inputError } from '#core/errors.ts';
import type { ZipEntry } from '../zip/zip-archive.ts';
import { fileKind, plainPath } from './archive-names.ts';

/** What an archive of images holds, each list in the order of the paths. */
export interface ImageFiles {
  readonly images: readonly ZipEntry[];
  /** The one table that may say what each image is. */
  readonly manifest: ZipEntry | null;
  /** Paths of what is neither. */
  readonly others: readonly string[];
}

/**
 * Sorts out the files of an archive by their names.
 * @returns null where none is an image
 * @throws TerrariumError where several tables lie among images, some are of a kind that cannot be shown, or two have
 * one path
 */
export function imageFilesIn(entries: readonly ZipEntry[]): ImageFiles | null {
  const sorted = entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const of = (kind: ReturnType<typeof fileKind>): ZipEntry[] =>
    sorted.filter(({ name }) => fileKind(name) === kind);
  const images = of('image');
  const foreign = of('other-image');
  const manifests = of('manifest');
  if (images.length + foreign.length === 0) return null;
  refuseTwins([...images, ...manifests]);
  const [first, second] = manifests;
  if (second !== undefined) {
    throw inputError(
      'tables_and_images',
      `The archive holds ${imageCount(images.length + foreign.length)} and ${manifests.length} tables, such as ${second.name}: beside images there can be one CSV, which names them.`,
      'Pack tables and images into archives of their own, or leave one table that names the images.',
      { file: second.name },
    );
  }
  const [stranger] = foreign;
  if (stranger !== undefined) {
    throw inputError(
      'image_format',
      `${foreign.length === 1 ? stranger.name : `${foreign.length} files, such as ${stranger.name},`} cannot be read: images must be PNG, JPEG, GIF, WebP or BMP.`,
      'Convert them, or take them out, and pack the archive again.',
      { file: stranger.name, count: foreign.length },
    );
  }
  return {
    images,
    manifest: first ?? null,
    others: of('other').map(({ name }) => plainPath(name)),
  };
}

/** `an image`, `12 images`. */
export function imageCount(count: number): string {
  return count === 1 ? 'an image' : `${count} images`;
}

function refuseTwins(entries: readonly ZipEntry[]): void {
  const paths = new Set<string>();
  for (const { name } of entries) {
    const path = plainPath(name);
    if (paths.has(path)) {
      throw inputError(
        'duplicate_file',
        `The archive holds two files named ${path}.`,
        'Pack it again with one of them.',
        { entry: path },
      );
    }
    paths.add(path);
  }
}
