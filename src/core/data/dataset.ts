import { inferColumns } from './infer/infer-columns.ts';
import { readCsv, type ReadOptions } from './read-csv.ts';
import type { Dataset } from './table.ts';

/** Reads a file into a data set: its cells, its hash, what each column seems to be, and what is doubtful. */
export async function readDataset(
  source: ReadableStream<Uint8Array>,
  name: string,
  options: ReadOptions = {},
): Promise<Dataset> {
  const { table, doubts, delimiter, sha256, bytes } = await readCsv(source, options);
  const inferred = inferColumns(table);
  return {
    table,
    info: {
      name,
      sha256,
      bytes,
      rows: table.rowCount,
      columns: inferred.columns,
      doubts: [...doubts, ...inferred.doubts],
      delimiter,
    },
  };
}
