import { trimmed } from '#core/data/normalize.ts';
import type { AuditColumn } from './audit-column.ts';
import type { Remedy } from './finding.ts';
import { columnRemedy, leaveOut } from './wording.ts';

/** A remedy lists no more texts than a person would read. */
const MAX_SPELLINGS = 20;

/** Reads texts as missing, and with them whatever the column reads so already. @param shown what the label calls them */
export function asMissing(column: AuditColumn, texts: readonly string[], shown: string): Remedy[] {
  const known = column.schema.missing.filter((text) => text !== '');
  return columnRemedy(`Read ${shown} as missing`, column.name, {
    missing: [...new Set([...known, ...texts])],
  });
}

/** Reads the values of some rows as missing, as the file writes them; where it writes them in too many ways, the column is in doubt. */
export function rowsAsMissing(
  column: AuditColumn,
  isOne: (row: number) => boolean,
  rows: number,
  shown: string,
): Remedy[] {
  const written = spellings(column, isOne, rows);
  if (written !== null) return asMissing(column, written, shown);
  return column.isInput ? leaveOut(column.name) : [];
}

/** How the file writes the values of some rows, such as `-999` and `-999.0`; null where there are too many to list. */
function spellings(
  column: AuditColumn,
  isOne: (row: number) => boolean,
  rows: number,
): readonly string[] | null {
  const found = new Set<string>();
  for (let row = 0; row < rows && found.size <= MAX_SPELLINGS; row += 1) {
    if (isOne(row)) found.add(trimmed(column.cells.at(row)));
  }
  return found.size > MAX_SPELLINGS ? null : [...found];
}
