import { groupRows, type RowGroup } from '#core/data/group-rows.ts';
import { plainPath } from '#core/data/read/images/archive-names.ts';
import { readImageHeader } from '#core/data/read/images/image-header.ts';
import { joined } from '#core/data/read/reader.ts';
import { ZipArchive, type ZipEntry } from '#core/data/read/zip/zip-archive.ts';
import { columnCells } from '#core/data/table.ts';
import { inputError } from '#core/errors.ts';
import type { ImageFile } from '#core/protocol/data-worker.ts';
import {
  describeAugmentation,
  type AugmentationDescription,
  type AugmentationQuery,
} from '#core/run/describe-augmentation.ts';
import { getBlob } from './blobs.ts';
import type { TerrariumDatabase } from './database.ts';
import type { StoredFile } from './read-version.ts';
import type { TableReader } from './table-reader.ts';

interface OpenArchive {
  readonly sha256: string;
  readonly archive: Promise<ZipArchive>;
  readonly entries: Promise<ReadonlyMap<string, ZipEntry>>;
}

/** Gives single images out of stored image sets. Keeps the archive last opened, so that scrolling opens none again. */
export class ImageReader {
  readonly #tables: TableReader;
  #kept: OpenArchive | null = null;

  constructor(tables: TableReader) {
    this.#tables = tables;
  }

  /**
   * The image files of rows (0-based), in their order.
   * @throws TerrariumError `no_images`, `dataset_not_found`, `version_not_found`, `blob_missing`
   */
  async read(
    db: TerrariumDatabase,
    { rows, ...of }: StoredFile & { readonly rows: readonly number[] },
  ): Promise<ImageFile[]> {
    const { info, table } = await this.#tables.dataset(db, of);
    const column = info.reading.images?.column;
    if (column === undefined) {
      throw inputError('no_images', `${info.name} is no image set.`, 'Look at its rows instead.');
    }
    const { archive, entries } = this.#open(db, info.sha256);
    const [zip, byPath] = [await archive, await entries];
    const paths = columnCells(table, column);
    return rows.map((row) => {
      const path = paths.at(row);
      const entry = byPath.get(path);
      if (entry === undefined) throw new RangeError(`no image ${path}`);
      return { path, file: imageBlob(joined([...zip.unpack(entry)], entry.size)) };
    });
  }

  /** Rows by the texts of a column. Throws as `read` does. */
  async groups(
    db: TerrariumDatabase,
    { column, ...of }: StoredFile & { readonly column: string | null },
  ): Promise<RowGroup[]> {
    return groupRows(await this.#tables.dataset(db, of), column);
  }

  /** What a training makes of some images by chance. Throws as `read` and `describeAugmentation` do. */
  async augmented(
    db: TerrariumDatabase,
    { spec, candidate, ...of }: AugmentationQuery,
  ): Promise<AugmentationDescription | null> {
    const dataset = await this.#tables.dataset(db, of);
    return describeAugmentation({ spec, candidate }, dataset, async (row) => {
      const [image] = await this.read(db, { ...of, rows: [row] });
      return new Uint8Array((await image?.file.arrayBuffer()) ?? []);
    });
  }

  #open(db: TerrariumDatabase, sha256: string): OpenArchive {
    if (this.#kept?.sha256 === sha256) return this.#kept;
    const archive = opened(db, sha256);
    const entries = archive.then(
      (zip) => new Map(zip.entries.map((one) => [plainPath(one.name), one])),
    );
    const kept = { sha256, archive, entries };
    this.#kept = kept;
    entries.catch(() => {
      if (this.#kept === kept) this.#kept = null;
    });
    return kept;
  }
}

async function opened(db: TerrariumDatabase, sha256: string): Promise<ZipArchive> {
  const blob = await getBlob(db, sha256);
  return ZipArchive.open(new Uint8Array(await blob.arrayBuffer()));
}

function imageBlob(bytes: Uint8Array<ArrayBuffer>): Blob {
  const header = readImageHeader(bytes);
  return new Blob([bytes], { type: typeof header === 'string' ? '' : header.format.mime });
}
