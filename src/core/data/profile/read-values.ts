import type { ColumnSchema, ColumnType, Table } from '#core/data/table.ts';
import { typedColumn } from '#core/data/typed-columns.ts';
import type { Breather } from '#core/breather.ts';
import { columnNumbers } from '#core/data/column-numbers.ts';

/** What a column's values are, for statistics: numbers, times, or texts; 'empty' where there are none. */
export type ValueKind = 'numbers' | 'times' | 'texts' | 'empty';

export function valueKind(type: ColumnType): ValueKind {
  if (type === 'numeric' || type === 'integer') return 'numbers';
  if (type === 'datetime') return 'times';
  return type === 'empty' ? 'empty' : 'texts';
}

/** Which rows of a table to read, and what lets a cancel be heard in between. */
export interface Reading {
  readonly table: Table;
  readonly breather: Breather;
  /** All when absent. */
  readonly rows?: Int32Array;
}

/** Numbers, NaN for missing; times as milliseconds since 1970. */
export async function readNumbers(reading: Reading, column: ColumnSchema): Promise<Float64Array> {
  const values = new Float64Array(reading.rows?.length ?? reading.table.rowCount);
  await eachBlock(reading, (block, from) => {
    values.set(columnNumbers(reading.table, column, block), from);
  });
  return values;
}

/** Texts, '' for missing. */
export async function readTexts(
  reading: Reading,
  column: ColumnSchema,
): Promise<readonly string[]> {
  const texts: string[] = [];
  await eachBlock(reading, (block) => {
    const typed = typedColumn(reading.table, column, block);
    if (typed.kind === 'text') for (const text of typed.values) texts.push(text);
    else for (const value of typed.values) texts.push(Number.isNaN(value) ? '' : String(value));
  });
  return texts;
}

/** A column of a million dates takes more than a second to read: too long for a cancel to wait. */
const BLOCK_ROWS = 1 << 16;

async function eachBlock(
  { table, breather, rows }: Reading,
  read: (rows: Int32Array, from: number) => void,
): Promise<void> {
  const count = rows?.length ?? table.rowCount;
  for (let from = 0; from < count; from += BLOCK_ROWS) {
    await breather.breathe();
    const to = Math.min(count, from + BLOCK_ROWS);
    read(
      rows?.subarray(from, to) ?? Int32Array.from({ length: to - from }, (_, i) => from + i),
      from,
    );
  }
}
