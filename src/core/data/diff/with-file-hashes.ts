import { freeName } from '../read/column-names.ts';
import type { Dataset } from '../table.ts';

/**
 * Two versions of an image set with a column more, of the hashes of their files: an image that was replaced is a
 * change, whatever its name. Other data sets as they are.
 */
export function withFileHashes(before: Dataset, after: Dataset): readonly [Dataset, Dataset] {
  const column = after.info.reading.images?.column;
  if (column === undefined || before.table.fileHashes === undefined) return [before, after];
  const taken = new Set([...before.table.names, ...after.table.names]);
  const name = freeName(`${column} (SHA-256)`, taken);
  return [hashed(before, name), hashed(after, name)];
}

function hashed({ info, table }: Dataset, name: string): Dataset {
  const { fileHashes } = table;
  if (fileHashes === undefined) return { info, table };
  const schema = {
    name,
    type: 'identifier',
    dtype: 'string',
    missing: [''],
    missingCount: 0,
    distinct: table.rowCount,
    integer: false,
    top: [],
    evidence: 'the SHA-256 of each file',
  } as const;
  return {
    info: { ...info, columns: [...info.columns, schema] },
    table: {
      ...table,
      names: [...table.names, name],
      columns: [...table.columns, fileHashes],
    },
  };
}
