import type { DatasetInfo } from '#core/data/table.ts';
import type { ColumnReading } from './input-columns.ts';
import type { Spec } from './spec.ts';

/**
 * The order that the reader found in the words of an input, lowest first, unless the spec gives the column a type. It is
 * for steps that take one, and no part of the contract: only an order that somebody has set refuses other words.
 * @returns null where there is none
 */
export function inferredRanks(
  { columns }: Pick<Spec, 'columns'>,
  info: DatasetInfo,
  { name, type, missing }: ColumnReading,
): readonly string[] | null {
  const found = info.columns.find((column) => column.name === name)?.ranks;
  if (found === undefined || type !== 'categorical' || columns[name]?.type !== undefined)
    return null;
  return found.filter((text) => !missing.includes(text));
}
