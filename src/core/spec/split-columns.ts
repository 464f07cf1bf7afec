import type { Spec } from './spec.ts';

/**
 * The columns that deal the rows: of groups, times, parts, keys or folds. They are no inputs of the model unless
 * the spec gives them a type in `columns`.
 */
export function splitColumns({ split }: Pick<Spec, 'split'>): readonly string[] {
  return [...new Set([split.by, split.key, split.foldsBy])].filter((name) => name !== undefined);
}

/** Whether a column is left out of the model because it deals the rows; the time that a forecast is for is known. */
export function dealsOnly(
  spec: Pick<Spec, 'split' | 'columns' | 'forecast'>,
  name: string,
): boolean {
  if (spec.forecast?.time === name) return false;
  return spec.columns[name]?.type === undefined && splitColumns(spec).includes(name);
}
