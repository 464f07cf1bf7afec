import { rowOf, splitRefused, type SplitInput } from './split-method.ts';

/**
 * Refuses parts, or the sides of a fold, that part the rows of a query: its order could be learned on one side and
 * measured on the other.
 * @param sides one per entry
 * @throws TerrariumError naming two rows of one query
 */
export function refusePartedQueries(input: SplitInput, sides: Int8Array, where: string): void {
  const { queries } = input;
  if (queries === undefined) return;
  const first = new Map<number, number>();
  for (const [entry, query] of queries.entries()) {
    const earlier = first.get(query);
    if (earlier === undefined) first.set(query, entry);
    else if (sides[earlier] !== sides[entry]) {
      const rows = [rowOf(input, earlier), rowOf(input, entry)] as const;
      throw splitRefused(
        'query_parted',
        'split',
        `rows ${rows[0]} and ${rows[1]} are of one query, and the split${where} puts them on two sides.`,
        'Deal rows by group, by the column of queries (in a spec, split.method and split.by), or by a column that keeps queries whole.',
        { rows },
      );
    }
  }
}
