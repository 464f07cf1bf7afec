import type { DatasetInfo } from '#core/data/table.ts';
import { plural } from '#ui/format.ts';

/** How much a data set holds: `344 rows, 8 columns`, or `2,655 lines` of a plain text. */
export function extentText({ rows, columns, reading }: DatasetInfo): string {
  if (reading.text !== undefined) return plural(rows, 'line');
  return `${plural(rows, 'row')}, ${plural(columns.length, 'column')}`;
}
