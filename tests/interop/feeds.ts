import type { Table } from '#core/data/table.ts';
import { typedColumn } from '#core/data/typed-columns.ts';
import type { GraphInput } from '#core/engine.ts';
import type { Contract } from '#core/spec/contract.ts';

/** A table's rows as the graph takes them. */
export function feedsOf({ inputs }: Contract, table: Table): Record<string, GraphInput> {
  const feeds = inputs.map((input): [string, GraphInput] => {
    const { kind, values } = typedColumn(table, input);
    if (kind === 'text') return [input.tensor, { dtype: 'string', values }];
    return input.dtype === 'float32'
      ? [input.tensor, { dtype: 'float32', values: Float32Array.from(values) }]
      : [input.tensor, { dtype: 'float64', values }];
  });
  return Object.fromEntries(feeds);
}
