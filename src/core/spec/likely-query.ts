import type { ColumnSchema, DatasetInfo } from '#core/data/table.ts';

/** What columns of queries are often called. */
const usualName = /(^|[^a-z])(q|qid|query|queries|search|session|request|group)([^a-z]|$)/i;

/** Columns that may say which rows are one query: each value in two rows on average. */
export function queryChoices(
  { columns, rows }: DatasetInfo,
  target: string | undefined,
): readonly ColumnSchema[] {
  return columns.filter(
    ({ name, type, distinct }) =>
      name !== target && type !== 'empty' && distinct > 1 && distinct <= rows / 2,
  );
}

/** The column that is called like one of queries, else the first that could be one; undefined where none could. */
export function likelyQuery(info: DatasetInfo, target: string): string | undefined {
  const choices = queryChoices(info, target);
  const named = choices.find(({ name }) => usualName.test(spaced(name)));
  const isKept = ({ type, integer }: ColumnSchema): boolean => type !== 'numeric' || integer;
  return (named ?? choices.find(isKept) ?? choices[0])?.name;
}

/** `searchId` and `search_id` alike as `search id`. */
function spaced(name: string): string {
  return name.replaceAll(/([a-z])([A-Z])/g, '$1 $2');
}
