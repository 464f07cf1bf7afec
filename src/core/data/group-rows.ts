import { distinctOf } from './readings.ts';
import { columnCells, type Dataset } from './table.ts';

export interface RowGroup {
  readonly text: string;
  /** 0-based, ascending. */
  readonly rows: Int32Array;
}

/**
 * Rows with the same text in a column, groups in the order of their texts (numbers by size); all rows in one group,
 * of the empty text, where no column is named.
 */
export function groupRows({ table }: Dataset, column: string | null): RowGroup[] {
  if (column === null) {
    return [{ text: '', rows: Int32Array.from({ length: table.rowCount }, (_, row) => row) }];
  }
  const cells = columnCells(table, column);
  const { codes, firstRows } = distinctOf(cells);
  const rows = Array.from(firstRows, (): number[] => []);
  for (const [row, code] of codes.entries()) rows[code]?.push(row);
  const groups = rows.map((of, code) => ({
    text: cells.at(firstRows[code] ?? 0),
    rows: Int32Array.from(of),
  }));
  return groups.sort((a, b) => inOrder.compare(a.text, b.text));
}

const inOrder = new Intl.Collator('en', { numeric: true });
