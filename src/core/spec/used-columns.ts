import type { DatasetInfo } from '#core/data/table.ts';
import { inputColumns } from './input-columns.ts';
import type { Spec } from './spec.ts';
import { splitColumns } from './split-columns.ts';

/**
 * The columns whose values a run reads: the target, the model's inputs, and what deals, groups, orders or weighs the
 * rows. Of images it reads the files, and not the paths that stand in their column. The spec has been checked.
 */
export function usedColumns(spec: Spec, info: DatasetInfo): ReadonlySet<string> {
  const inputs = inputColumns(spec, info).filter(({ type }) => type !== 'image');
  const { target, query, rows, forecast } = spec;
  const others = [target, query, rows.weights, forecast?.time, forecast?.series];
  return new Set(
    [...inputs.map(({ name }) => name), ...others, ...splitColumns(spec)].filter(
      (name) => name !== undefined,
    ),
  );
}
