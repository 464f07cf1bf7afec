import type { ColumnSchema, DatasetInfo } from '#core/data/table.ts';
import { inputKind, isSetAside } from '#core/spec/input-columns.ts';
import { inputTypes, type Spec } from '#core/spec/spec.ts';
import { dealsOnly } from '#core/spec/split-columns.ts';

/** What becomes of a column to which the spec gives no type. */
export function inferredUse(column: ColumnSchema, spec: Spec): string {
  if (spec.columns[column.name]?.personal?.decision === 'drop') return 'left out (personal data)';
  if (spec.rows.weights === column.name) return 'left out (weighs the rows)';
  if (spec.query === column.name) return 'left out (names the query)';
  if (dealsOnly(spec, column.name)) return 'left out (deals the rows)';
  if (spec.columns[column.name]?.known === false) return 'left out (not known in time)';
  if (isSetAside(spec, column.name)) return 'left out (not looked back at)';
  return inputKind(column.type) === null
    ? `left out (${column.type})`
    : `${column.type} (inferred)`;
}

/** How many columns go into the model as what, in words: `4 numeric and 2 categorical inputs, 1 left out`. */
export function usesText(spec: Spec, info: DatasetInfo): string {
  const uses = info.columns
    .filter(({ name }) => name !== spec.target)
    .map((column) => useOf(column, spec));
  const count = (type: string): number => uses.filter((use) => use === type).length;
  const inputs = inputTypes
    .map((type) => ({ type, n: count(type) }))
    .filter(({ n }) => n > 0)
    .map(({ type, n }) => `${n} ${type}`);
  const total = uses.filter((use) => use !== null).length;
  const left = uses.length - total;
  const said =
    inputs.length === 0 ? 'No inputs' : `${listText(inputs)} input${total === 1 ? '' : 's'}`;
  return left === 0 ? said : `${said}, ${left} left out`;
}

/** `a`, `a and b`, `a, b and c`. */
function listText(parts: readonly string[]): string {
  return [parts.slice(0, -1).join(', '), parts.at(-1) ?? '']
    .filter((part) => part !== '')
    .join(' and ');
}

function useOf(column: ColumnSchema, spec: Spec): ReturnType<typeof inputKind> {
  const { type, personal } = spec.columns[column.name] ?? {};
  if (isSetAside(spec, column.name)) return null;
  const kind = inputKind(type ?? column.type);
  // A mask and a hash are texts, whatever they stand for.
  const isReplaced = personal?.decision === 'mask' || personal?.decision === 'hash';
  return kind !== null && isReplaced ? 'categorical' : kind;
}
