import { readingKey } from '#core/data/read/reading-key.ts';
import { columnCells, type Dataset } from '#core/data/table.ts';
import { unlessAborted } from '#core/job-queue.ts';
import type { TerrariumDatabase } from './database.ts';
import { getDataset } from './datasets.ts';
import { readVersion, type StoredFile } from './read-version.ts';

/**
 * Reads rows of stored data sets. Keeps the table last read, so that scrolling reads no file again, until the
 * file is read in another way.
 */
export class TableReader {
  #kept: { readonly key: string; readonly dataset: Promise<Dataset> } | null = null;

  /** Takes a table that was read already. */
  keep({ info, table }: Dataset): void {
    const dataset = Promise.resolve(withoutFiles({ info, table }));
    this.#kept = { key: readingKey(info), dataset };
  }

  /**
   * Rows `from` (0-based) up to `from + count`, fewer at the end, as the texts of the file: to be looked at, so that very
   * long ones are cut.
   * @throws TerrariumError `dataset_not_found`, `version_not_found`, `blob_missing`
   */
  async rows(
    db: TerrariumDatabase,
    query: StoredFile & { readonly from: number; readonly count: number },
  ): Promise<string[][]> {
    const { columns, rowCount } = (await this.dataset(db, query)).table;
    const length = Math.max(0, Math.min(query.count, rowCount - query.from));
    return Array.from({ length }, (_, i) =>
      columns.map((cells) => shown(cells.at(query.from + i))),
    );
  }

  /**
   * One column's texts in some rows (0-based); a row that is not there has the empty text.
   * @throws TerrariumError as `rows` does, and RangeError for a column that is not there
   */
  async cells(
    db: TerrariumDatabase,
    query: StoredFile & { readonly column: string; readonly rows: readonly number[] },
  ): Promise<string[]> {
    const { table } = await this.dataset(db, query);
    const cells = columnCells(table, query.column);
    return query.rows.map((row) => (row < table.rowCount ? cells.at(row) : ''));
  }

  /**
   * A whole version. A cancel ends the waiting; the reading goes on, for who asks next.
   * @throws TerrariumError `dataset_not_found`, `version_not_found`, `blob_missing`
   */
  async dataset(db: TerrariumDatabase, of: StoredFile, signal?: AbortSignal): Promise<Dataset> {
    const dataset = this.#dataset(db, of);
    return signal === undefined ? dataset : unlessAborted(dataset, signal);
  }

  async #dataset(db: TerrariumDatabase, of: StoredFile): Promise<Dataset> {
    const { info } = await getDataset(db, of.datasetId, of.version);
    const key = readingKey(info);
    if (this.#kept?.key === key) return this.#kept.dataset;
    const kept = { key, dataset: readVersion(db, of).then(withoutFiles) };
    this.#kept = kept;
    try {
      return await kept.dataset;
    } catch (thrown) {
      if (this.#kept === kept) this.#kept = null;
      throw thrown;
    }
  }
}

/** A text without line ends is one cell, and no page can show a hundred megabytes. */
const SHOWN_CHARACTERS = 5000;

function shown(text: string): string {
  if (text.length <= SHOWN_CHARACTERS) return text;
  return `${text.slice(0, SHOWN_CHARACTERS).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** Files of images would hold on to the whole archive, and rows are looked at without them. */
function withoutFiles({ info, table }: Dataset): Dataset {
  const { names, columns, rowCount, fileHashes } = table;
  return {
    info,
    table: { names, columns, rowCount, ...(fileHashes === undefined ? {} : { fileHashes }) },
  };
}
