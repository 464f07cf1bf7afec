import type { Cells } from '../../cells.ts';
import { textCells } from '../../text-cells.ts';
import type { Doubt, Table } from '../../table.ts';
import { freeName } from '../column-names.ts';
import { joined, type ReadTable } from '../reader.ts';
import type { ZipEntry } from '../zip/zip-archive.ts';
import { plainPath } from './archive-names.ts';
import { folderLabels } from './folder-labels.ts';
import type { ImageFiles } from './image-files.ts';
import { lookAtImages, type ImageSource } from './look-at-images.ts';
import { matchManifest } from './manifest.ts';

const SHOWN = 3;

/** Where images are read from, and what hears of it. */
interface Source extends ImageSource {
  /** Whether images may lie in no folder, and so have no label. */
  readonly unlabelled: boolean;
  readonly readManifest: (entry: ZipEntry) => Promise<ReadTable>;
}

/**
 * A zip of images as a table: a row for each with its path, its label (the folder that holds it) or what the archive's
 * one CSV says of it, and its size in pixels. The archive stays at hand for whoever decodes the images.
 * @throws TerrariumError for images that cannot be used, that have no label, or that the CSV does not name rightly
 */
export async function readImages(files: ImageFiles, source: Source): Promise<ReadTable> {
  const { manifest } = files;
  const doubts: Doubt[] = [];
  if (files.others.length > 0) {
    doubts.push({ message: `Files left out that are no images: ${listed(files.others)}.` });
  }
  if (manifest === null) {
    const paths = files.images.map(({ name }) => plainPath(name));
    const isBare = paths.some((path) => !path.includes('/'));
    const told = source.unlabelled && isBare ? [] : toldByFolders(paths);
    return described(files.images, told, { source, doubts, manifest: null });
  }
  const read = await source.readManifest(manifest);
  const paths = files.images.map(({ name }) => plainPath(name));
  const match = matchManifest(plainPath(manifest.name), read.table, paths);
  if (match.unnamed.length > 0) {
    const message = `Images left out that ${manifest.name} does not name: ${listed(match.unnamed)}.`;
    doubts.push({ message });
  }
  const images = Array.from(match.images, (image) => files.images[image]).filter(
    (entry) => entry !== undefined,
  );
  const told = read.table.names
    .map((name, i) => ({ name, cells: read.table.columns[i] }))
    .filter((one, i): one is NamedCells => i !== match.column && one.cells !== undefined);
  return described(images, told, {
    source,
    doubts: [
      ...doubts,
      ...read.doubts.filter(({ column }) => column !== read.table.names[match.column]),
    ],
    manifest: manifest.name,
  });
}

function toldByFolders(paths: readonly string[]): readonly NamedCells[] {
  const { labels, split } = folderLabels(paths);
  return [
    { name: 'label', cells: textCells(labels) },
    ...(split === null ? [] : [{ name: 'split', cells: textCells(split) }]),
  ];
}

interface NamedCells {
  readonly name: string;
  readonly cells: Cells;
}

async function described(
  images: readonly ZipEntry[],
  told: readonly NamedCells[],
  with_: {
    readonly source: Source;
    readonly doubts: readonly Doubt[];
    readonly manifest: string | null;
  },
): Promise<ReadTable> {
  const { source, doubts, manifest } = with_;
  const looked = await lookAtImages(images, source);
  const taken = new Set(told.map(({ name }) => name));
  const [image, width, height] = [
    freeName('image', taken),
    freeName('width', taken),
    freeName('height', taken),
  ];
  const paths = textCells(images.map(({ name }) => plainPath(name)));
  const table: Table = {
    names: [image, ...told.map(({ name }) => name), width, height],
    columns: [paths, ...told.map(({ cells }) => cells), looked.widths, looked.heights],
    rowCount: images.length,
    fileHashes: looked.hashes,
    images: { column: image, read: (row) => unpacked(images[row], source) },
  };
  const found = {
    column: image,
    sizes: [width, height] as const,
    ...(looked.areGrey && { grey: true as const }),
  };
  return {
    table,
    doubts,
    reading: { format: 'zip', images: manifest === null ? found : { ...found, manifest } },
  };
}

function unpacked(entry: ZipEntry | undefined, { archive }: ImageSource): Promise<Uint8Array> {
  if (entry === undefined) return Promise.reject(new RangeError('no such row'));
  return Promise.resolve(joined([...archive.unpack(entry)], entry.size));
}

function listed(names: readonly string[]): string {
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  return `${names.length} (${names.slice(0, SHOWN).join(', ')}${more})`;
}
