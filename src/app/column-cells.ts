import { jobs } from './jobs.ts';

/**
 * What rows of a data set's version hold in a column.
 * @param rows counted from 1
 */
export function cellsOf(
  of: { readonly datasetId: string; readonly datasetVersion: number },
  column: string,
  rows: readonly number[],
): Promise<readonly string[]> {
  const { datasetId, datasetVersion: version } = of;
  return jobs.readCells({ datasetId, version, column, rows: rows.map((row) => row - 1) });
}
