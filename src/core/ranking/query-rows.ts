/** Rows by query: those of query q stand in `rows` from `starts[q]` up to `starts[q + 1]`, in the order of the data. */
export interface QueryRows {
  readonly starts: Int32Array;
  readonly rows: Int32Array;
}

/** @param queries the query of each row, counted from 0 */
function queryRows(queries: Int32Array): QueryRows {
  const count = queries.reduce((most, query) => Math.max(most, query + 1), 0);
  const starts = new Int32Array(count + 1);
  for (const query of queries) starts[query + 1] = (starts[query + 1] ?? 0) + 1;
  for (let q = 0; q < count; q += 1) starts[q + 1] = (starts[q + 1] ?? 0) + (starts[q] ?? 0);
  const next = starts.slice();
  const rows = new Int32Array(queries.length);
  for (const [row, query] of queries.entries()) {
    const place = next[query] ?? 0;
    rows[place] = row;
    next[query] = place + 1;
  }
  return { starts, rows };
}

/** The rows of each query. */
export function rowsOfQueries(queries: Int32Array): readonly Int32Array[] {
  const { starts, rows } = queryRows(queries);
  return Array.from({ length: starts.length - 1 }, (_, q) =>
    rows.subarray(starts[q], starts[q + 1]),
  );
}

/** A number for each value, equal ones the same: from 0 in the order in which they first occur. */
export function numbered<Value>(values: Iterable<Value>): {
  readonly numbers: Int32Array;
  readonly distinct: readonly Value[];
} {
  const known = new Map<Value, number>();
  const numbers = Int32Array.from(values, (value) => {
    const number = known.get(value) ?? known.size;
    known.set(value, number);
    return number;
  });
  return { numbers, distinct: [...known.keys()] };
}
