import { columnCells, type ColumnSchema, type Doubt, type Table } from '../table.ts';
import { profiled } from './infer-columns.ts';
import { tally } from './tally.ts';

const MISSING = [''];

/**
 * The one column of a plain text: whatever its lines look like, they are text, and "NA" or "null" among them are words.
 * Blank lines count as missing, and are lines of the text all the same.
 */
export function inferPlainText(
  table: Table,
  name: string,
): { readonly columns: readonly ColumnSchema[]; readonly doubts: readonly Doubt[] } {
  const cells = columnCells(table, name);
  const { distinct, missing } = tally(cells, new Set(MISSING));
  // A line feed stands between two lines.
  let characters = cells.length - 1;
  for (let row = 0; row < cells.length; row += 1) characters += cells.codePointsAt(row);
  const count = (of: number, one: string): string =>
    `${of.toLocaleString('en')} ${of === 1 ? one : `${one}s`}`;
  const schema: ColumnSchema = {
    name,
    type: 'text',
    dtype: 'string',
    missing: MISSING,
    missingCount: missing,
    distinct,
    integer: false,
    top: [],
    evidence: `a plain text: ${count(characters, 'character')} in ${count(cells.length, 'line')}, of which ${missing.toLocaleString('en')} ${missing === 1 ? 'is' : 'are'} blank`,
  };
  return { columns: [profiled(table, cells, { schema, doubts: [] }).schema], doubts: [] };
}
