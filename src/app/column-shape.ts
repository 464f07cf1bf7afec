import type { ColumnSchema } from '#core/data/table.ts';
import { jobs } from './jobs.ts';

/** Rows that the shapes of columns are drawn from; files up to this long are drawn whole. */
export const SHAPE_ROWS = 5_000;
const BLOCKS = 10;
const MAX_BINS = 24;

/** Rows from all over a file, since many files are sorted. */
export async function rowsForShapes(
  of: { readonly datasetId: string; readonly version: number },
  total: number,
): Promise<readonly (readonly string[])[]> {
  if (total <= SHAPE_ROWS) return jobs.readRows(of, 0, total);
  const count = SHAPE_ROWS / BLOCKS;
  const rows: (readonly string[])[] = [];
  for (let block = 0; block < BLOCKS; block += 1) {
    const from = Math.floor((block * (total - count)) / (BLOCKS - 1));
    rows.push(...(await jobs.readRows(of, from, count)));
  }
  return rows;
}

/** How many of the cells fall into each of equally wide bins from the column's minimum to its maximum. */
export function histogram(column: ColumnSchema, cells: readonly string[]): readonly number[] {
  const { min, max } = column;
  if (min === undefined || max === undefined) return [];
  const bins = Math.max(1, Math.min(MAX_BINS, column.distinct));
  const counts = Array.from({ length: bins }, () => 0);
  const missing = new Set(column.missing);
  for (const cell of cells) {
    const text = cell.trim();
    if (missing.has(text)) continue;
    const share = max === min ? 0 : (Number(text) - min) / (max - min);
    const bin = Math.min(bins - 1, Math.floor(share * bins));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
