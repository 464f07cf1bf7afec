import type { ColumnSchema, Doubt } from '../../table.ts';

interface Inferred {
  readonly columns: readonly ColumnSchema[];
  readonly doubts: readonly Doubt[];
}

/** What was inferred of so many rows, with the column of image files as what it is. */
export function withImageColumn(
  { columns, doubts }: Inferred,
  name: string,
  rows: number,
): Inferred {
  return {
    columns: columns.map((column) =>
      column.name === name
        ? {
            name,
            type: 'image',
            dtype: 'string',
            missing: [''],
            missingCount: 0,
            distinct: rows,
            integer: false,
            top: [],
            evidence: 'each value names an image file of the archive',
          }
        : column,
    ),
    doubts: doubts.filter(({ column }) => column !== name),
  };
}
