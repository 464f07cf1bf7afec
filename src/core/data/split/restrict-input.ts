import type { FeatureColumn } from '#core/features/column.ts';
import { takeRows } from '#core/data/typed-columns.ts';
import type { SplitInput } from './split-method.ts';

/** The same input with some of its rows alone. @param rows of the input, ascending */
export function restrictedTo(input: SplitInput, rows: Int32Array): SplitInput {
  const entries = entriesOf(input.rows, rows);
  const column = (one: FeatureColumn | null): FeatureColumn | null =>
    one === null ? null : takeRows(one, entries);
  const { values } = input.target;
  const { queries } = input;
  return {
    ...input,
    rows,
    target: {
      ...input.target,
      values: Float64Array.from(entries, (entry) => values[entry] ?? NaN),
    },
    by: column(input.by),
    key: column(input.key),
    foldsBy: column(input.foldsBy),
    ...(queries !== undefined && { queries: entries.map((entry) => queries[entry] ?? -1) }),
  };
}

/** Where each of some rows stands among all; both ascend. */
export function entriesOf(all: Int32Array, some: Int32Array): Int32Array {
  let entry = 0;
  return some.map((row) => {
    while ((all[entry] ?? row) < row) entry += 1;
    return entry;
  });
}
