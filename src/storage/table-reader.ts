import type { Dataset, Table } from '#core/data/table.ts';
import type { TerrariumDatabase } from './database.ts';
import { getDataset } from './datasets.ts';
import { readVersion, type StoredFile } from './read-version.ts';

/** Reads rows of stored data sets. Keeps the table last read, so that scrolling reads no file again. */
export class TableReader {
  #kept: { readonly of: StoredFile; readonly table: Promise<Table> } | null = null;

  /** Takes a table that was read already. */
  keep(of: StoredFile, table: Table): void {
    this.#kept = { of, table: Promise.resolve(table) };
  }

  /**
   * Rows `from` (0-based) up to `from + count`, fewer at the end, as the texts of the file.
   * @throws TerrariumError `dataset_not_found`, `version_not_found`, `blob_missing`
   */
  async rows(
    db: TerrariumDatabase,
    query: StoredFile & { readonly from: number; readonly count: number },
  ): Promise<string[][]> {
    const { columns, rowCount } = await this.#table(db, query);
    const length = Math.max(0, Math.min(query.count, rowCount - query.from));
    return Array.from({ length }, (_, i) => columns.map((cells) => cells.at(query.from + i)));
  }

  /**
   * A whole version.
   * @throws TerrariumError `dataset_not_found`, `version_not_found`, `blob_missing`
   */
  async dataset(db: TerrariumDatabase, of: StoredFile): Promise<Dataset> {
    const { info } = await getDataset(db, of.datasetId, of.version);
    return { info, table: await this.#table(db, of) };
  }

  async #table(db: TerrariumDatabase, { datasetId, version }: StoredFile): Promise<Table> {
    if (this.#kept?.of.datasetId === datasetId && this.#kept.of.version === version) {
      return this.#kept.table;
    }
    const of = { datasetId, version };
    const kept = { of, table: readVersion(db, of).then(({ table }) => table) };
    this.#kept = kept;
    try {
      return await kept.table;
    } catch (thrown) {
      if (this.#kept === kept) this.#kept = null;
      throw thrown;
    }
  }
}
