import { numberCells } from '#core/data/number-cells.ts';
import { textCells } from '#core/data/text-cells.ts';
import type { ColumnSchema, ColumnType, Dataset } from '#core/data/table.ts';

/** A column to profile: its type, and its cells as texts, or as the numbers of a file that stores numbers. */
export type Column = readonly [ColumnType, readonly string[] | Float64Array];

/** A data set of columns whose types are given, so that a test need not wait for inference. */
export function datasetOf(columns: Readonly<Record<string, Column>>): Dataset {
  const names = Object.keys(columns);
  const rowCount = Math.max(0, ...Object.values(columns).map(([, cells]) => cells.length));
  return {
    info: {
      name: 'made-up.csv',
      sha256: '',
      bytes: 0,
      rows: rowCount,
      columns: names.map((name) => schemaOf(name, columns[name]?.[0] ?? 'empty')),
      doubts: [],
      reading: { format: 'csv', delimiter: ',' },
    },
    table: {
      names,
      columns: Object.values(columns).map(([, cells]) =>
        cells instanceof Float64Array ? numberCells(cells) : textCells(cells),
      ),
      rowCount,
    },
  };
}

function schemaOf(name: string, type: ColumnType): ColumnSchema {
  const isNumber = type === 'numeric' || type === 'integer';
  return {
    name,
    type,
    dtype: isNumber ? 'float64' : 'string',
    missing: ['', 'NA'],
    missingCount: 0,
    distinct: 0,
    integer: type === 'integer',
    top: [],
    evidence: '',
  };
}

export function numbers(...values: readonly number[]): Column {
  return ['numeric', Float64Array.from(values)];
}

export function texts(...values: readonly string[]): Column {
  return ['categorical', values];
}
