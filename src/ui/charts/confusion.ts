import type { ChartTable } from './chart-table.ts';
import { countText } from '#ui/format.ts';
import { percentText } from './number-text.ts';

/** What the person has set. */
export interface ConfusionView {
  readonly show: 'counts' | 'shares';
  /** Row and column of the cell that is read out. */
  readonly cell: readonly [number, number] | null;
}

export const initialConfusionView: ConfusionView = { show: 'counts', cell: null };

export interface ConfusionRow {
  readonly label: string;
  readonly total: number;
  readonly cells: readonly { readonly count: number; readonly share: number }[];
}

/** Row shares: of the rows that are truly this class, how many were called each class. */
export function confusionRows(
  classes: readonly string[],
  counts: readonly (readonly number[])[],
): ConfusionRow[] {
  return classes.map((label, i) => {
    const row = classes.map((_, j) => counts[i]?.[j] ?? 0);
    const total = row.reduce((sum, count) => sum + count, 0);
    return {
      label,
      total,
      cells: row.map((count) => ({ count, share: total === 0 ? 0 : count / total })),
    };
  });
}

/** Of the rows called each class, the share that truly is it; null where none was. */
export function precisions(rows: readonly ConfusionRow[]): (number | null)[] {
  return rows.map((_, j) => {
    const called = rows.reduce((sum, row) => sum + (row.cells[j]?.count ?? 0), 0);
    return called === 0 ? null : (rows[j]?.cells[j]?.count ?? 0) / called;
  });
}

export function confusionReading(rows: readonly ConfusionRow[], view: ConfusionView): string {
  if (view.cell === null) return '';
  const [i, j] = view.cell;
  const row = rows[i];
  const cell = row?.cells[j];
  const called = rows[j];
  if (row === undefined || cell === undefined || called === undefined) return '';
  const share = row.total === 0 ? '' : ` (${percentText(cell.share)})`;
  const verb = cell.count === 1 ? 'was' : 'were';
  return `${countText(cell.count)} of ${countText(row.total)} rows that are ${row.label}${share} ${verb} predicted as ${called.label}.`;
}

/** Long form, one line per cell. */
export function confusionTable(rows: readonly ConfusionRow[]): ChartTable {
  return {
    columns: [
      { title: 'true class', numeric: false },
      { title: 'predicted class', numeric: false },
      { title: 'rows', numeric: true },
      { title: 'share of the true class', numeric: true },
    ],
    rows: rows.flatMap((row) =>
      row.cells.map((cell, j) => [row.label, rows[j]?.label ?? '', cell.count, cell.share]),
    ),
  };
}
