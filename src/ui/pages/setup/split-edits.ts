import { partNames } from '#core/data/split/parts.ts';
import { splitMethodNamed, splitMethods } from '#core/data/split/registry.ts';
import type { SplitMethod } from '#core/data/split/split-method.ts';
import type { ColumnSchema, DatasetInfo } from '#core/data/table.ts';
import { MAX_FOLDS, type Spec, type SplitMethodName } from '#core/spec/spec.ts';

/** The spec with another way to split: settings that it does not read go, and its column is the one that fits best. */
export function withMethod(spec: Spec, info: DatasetInfo, method: SplitMethodName): Spec {
  const { reads } = splitMethodNamed(method);
  const found = bestColumn(method, byChoices(method, spec, info))?.name;
  const by = method === 'group' ? spec.query : found;
  const fresh = withSetting(withSetting(spec, 'by', by), 'foldsBy', undefined);
  const kept = (['gap', 'key'] as const).reduce(
    (one, setting) => (reads.includes(setting) ? one : withSetting(one, setting, undefined)),
    fresh,
  );
  return { ...kept, split: { ...kept.split, method } };
}

/** The ways to split that suit a spec's task, and the one that it names whatever it is. */
export function methodChoices({ task, split }: Spec): readonly SplitMethod[] {
  return splitMethods.filter(({ name }) => {
    if (name === split.method) return true;
    if (task === 'language' || name === 'place') return task === 'language' && name === 'place';
    return task !== 'ranking' || name !== 'random';
  });
}

/** The spec with one setting of its split; undefined takes it out. */
export function withSetting<Name extends 'by' | 'key' | 'gap' | 'folds' | 'foldsBy'>(
  spec: Spec,
  name: Name,
  value: Spec['split'][Name],
): Spec {
  const others = Object.entries(spec.split).filter(([key]) => key !== name);
  const split = Object.fromEntries(others) as Spec['split'];
  return { ...spec, split: value === undefined ? split : { ...split, [name]: value } };
}

/** The columns that `split.by` can name: what could hold groups, times or parts. */
export function byChoices(
  method: SplitMethodName,
  spec: Spec,
  info: DatasetInfo,
): readonly ColumnSchema[] {
  const others = info.columns.filter(({ name, type }) => name !== spec.target && type !== 'empty');
  if (method === 'time') return others.filter((column) => canBeTime(column, spec));
  return method === 'column' ? others.filter(({ dtype }) => dtype === 'string') : others;
}

/** The spec with so many folds; without any, their column goes too. */
export function withFolds(spec: Spec, folds: number | undefined): Spec {
  const changed = withSetting(spec, 'folds', folds);
  return folds === undefined ? withSetting(changed, 'foldsBy', undefined) : changed;
}

/** The columns that `split.foldsBy` can name: few enough values to be folds. */
export function foldChoices(spec: Spec, info: DatasetInfo): readonly ColumnSchema[] {
  const taken = [spec.target, spec.split.by];
  return info.columns.filter(
    ({ name, distinct }) => !taken.includes(name) && distinct >= 2 && distinct <= MAX_FOLDS,
  );
}

/** The columns that `split.key` can name; rows that are dealt one by one need keys that differ. */
export function keyChoices(spec: Spec, info: DatasetInfo): readonly ColumnSchema[] {
  const others = info.columns.filter(({ name, type }) => name !== spec.target && type !== 'empty');
  return spec.split.method === 'group'
    ? others
    : others.filter(({ distinct, missingCount }) => distinct === info.rows && missingCount === 0);
}

function canBeTime({ name, type, dtype }: ColumnSchema, spec: Spec): boolean {
  return type === 'datetime' || dtype !== 'string' || spec.columns[name]?.type === 'datetime';
}

/** The column that a method can only mean; undefined where a person must choose. */
function bestColumn(
  method: SplitMethodName,
  choices: readonly ColumnSchema[],
): ColumnSchema | undefined {
  if (method === 'time') return choices.find(({ type }) => type === 'datetime');
  const names: readonly string[] = partNames;
  return method === 'column'
    ? choices.find(
        ({ top, distinct }) => distinct === 3 && top.every(({ value }) => names.includes(value)),
      )
    : undefined;
}

/** The columns that can say how much each row counts in training; none in a task that weighs no rows. */
export function weightChoices(spec: Spec, info: DatasetInfo): readonly ColumnSchema[] {
  if (spec.task !== 'classification' && spec.task !== 'regression') return [];
  const { time, series, inputs = [] } = spec.forecast ?? {};
  const taken = [spec.target, time, series, ...inputs];
  return info.columns.filter(
    ({ name, type, missingCount }) =>
      !taken.includes(name) && (type === 'numeric' || type === 'integer') && missingCount === 0,
  );
}

/** The spec with rows that count as a column says; undefined lets all count the same. */
export function withWeights({ rows, ...spec }: Spec, weights: string | undefined): Spec {
  const { duplicates, conflicts } = rows;
  const others = { duplicates, ...(conflicts === undefined ? {} : { conflicts }) };
  return { ...spec, rows: { ...others, ...(weights === undefined ? {} : { weights }) } };
}

/** Columns to choose from, what the spec names among them whatever it is, after a choice of none. */
export function columnOptions(
  columns: readonly { readonly name: string }[],
  chosen: string | undefined,
  none: string,
): { readonly value: string; readonly label: string }[] {
  const names = columns.map(({ name }) => name);
  const all = chosen === undefined || names.includes(chosen) ? names : [...names, chosen];
  return [{ value: '', label: none }, ...all.map((name) => ({ value: name, label: name }))];
}
