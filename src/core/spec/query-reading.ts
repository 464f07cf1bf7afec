import type { DatasetInfo } from '#core/data/table.ts';
import type { Contract } from './contract.ts';
import type { Spec } from './spec.ts';

/** How the column of queries is read, as texts; null where rows are not ranked. The spec has been checked. */
export function queryReading(
  { query, columns }: Pick<Spec, 'query' | 'columns'>,
  info: DatasetInfo,
): NonNullable<Contract['query']> | null {
  if (query === undefined) return null;
  const schema = info.columns.find(({ name }) => name === query);
  if (schema === undefined) throw new RangeError(`no column named ${query}`);
  const given = columns[schema.name]?.missing;
  return { name: schema.name, missing: given === undefined ? [...schema.missing] : ['', ...given] };
}
