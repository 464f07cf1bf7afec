import { readDataset } from '#core/data/dataset.ts';
import type { Table } from '#core/data/table.ts';
import type { TerrariumDatabase } from './database.ts';
import { getDatasetFile } from './datasets.ts';

/** Reads rows of stored data sets. Keeps the table last read, so that scrolling reads no file again. */
export class TableReader {
  #kept: { readonly datasetId: string; readonly table: Promise<Table> } | null = null;

  /** Takes a table that was read already. */
  keep(datasetId: string, table: Table): void {
    this.#kept = { datasetId, table: Promise.resolve(table) };
  }

  /**
   * Rows `from` (0-based) up to `from + count`, fewer at the end, as the texts of the file.
   * @throws TerrariumError `dataset_not_found`, `blob_missing`
   */
  async rows(
    db: TerrariumDatabase,
    query: { readonly datasetId: string; readonly from: number; readonly count: number },
  ): Promise<string[][]> {
    const { columns, rowCount } = await this.#table(db, query.datasetId);
    const length = Math.max(0, Math.min(query.count, rowCount - query.from));
    return Array.from({ length }, (_, i) => columns.map((cells) => cells[query.from + i] ?? ''));
  }

  async #table(db: TerrariumDatabase, datasetId: string): Promise<Table> {
    if (this.#kept?.datasetId === datasetId) return this.#kept.table;
    const table = readTable(db, datasetId);
    const kept = { datasetId, table };
    this.#kept = kept;
    try {
      return await table;
    } catch (thrown) {
      if (this.#kept === kept) this.#kept = null;
      throw thrown;
    }
  }
}

async function readTable(db: TerrariumDatabase, datasetId: string): Promise<Table> {
  const file = await getDatasetFile(db, datasetId);
  const { table } = await readDataset(file.stream(), datasetId);
  return table;
}
