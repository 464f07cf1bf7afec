import { typedColumn, type CellReading } from '#core/data/typed-columns.ts';
import type { SplitRows } from '#core/data/split/parts.ts';
import { splitRefused, type SplitInput } from '#core/data/split/split-method.ts';
import { splitRecord } from '#core/data/split/split-record.ts';
import { splitRows } from '#core/data/split/split-rows.ts';
import { splitMethodNamed } from '#core/data/split/registry.ts';
import type { Dataset } from '#core/data/table.ts';
import { TerrariumError } from '#core/errors.ts';
import type { FeatureColumn } from '#core/features/step.ts';
import { inputColumns } from '#core/spec/input-columns.ts';
import type { SplitRecord } from '#core/spec/run-record.ts';
import type { Spec } from '#core/spec/spec.ts';
import { splitColumns } from '#core/spec/split-columns.ts';
import type { PreparedTarget } from './prepare-target.ts';

export interface PreparedSplit {
  readonly parts: SplitRows;
  readonly record: SplitRecord;
  readonly warnings: readonly string[];
}

/**
 * Splits the rows with a target as the spec says. The spec has been checked.
 * @throws TerrariumError naming the path in the spec where the split cannot be made
 */
export function prepareSplit(spec: Spec, dataset: Dataset, target: PreparedTarget): PreparedSplit {
  const input = splitInput(spec, dataset, target);
  const split = splitRows(spec.split.method, input, spec.split);
  return {
    parts: split.parts,
    record: splitRecord(spec.split, input, split),
    warnings: inputWarnings(spec, dataset),
  };
}

/** What a spec's split works on, for a hold-out or for folds. */
export function splitInput(spec: Spec, dataset: Dataset, target: PreparedTarget): SplitInput {
  const { gap = 0, stratify } = spec.split;
  return {
    rows: target.rows,
    target,
    stratify,
    by: splitColumn(spec, dataset, 'by', target.rows),
    gap,
    key: splitColumn(spec, dataset, 'key', target.rows),
    seed: spec.seed,
  };
}

/** The column of a setting: keys as their texts, times as dates or numbers, groups and parts as what they hold. */
function splitColumn(
  spec: Spec,
  { table, info }: Dataset,
  setting: 'by' | 'key',
  rows: Int32Array,
): FeatureColumn | null {
  const name = spec.split[setting];
  const schema = info.columns.find((column) => column.name === name);
  if (schema === undefined) return null;
  const given = spec.columns[schema.name];
  const isTime = setting === 'by' && spec.split.method === 'time';
  const isNumbers = setting === 'by' && schema.dtype !== 'string' && given?.type !== 'datetime';
  const reading = {
    name: schema.name,
    type: isNumbers || given?.type === 'numeric' ? 'numeric' : isTime ? 'datetime' : 'categorical',
    missing: given?.missing === undefined ? schema.missing : ['', ...given.missing],
    decimal: given?.decimal ?? schema.decimal,
    dates: given?.dates ?? schema.dates,
  } satisfies CellReading;
  try {
    return typedColumn(table, reading, rows);
  } catch (thrown) {
    if (!(thrown instanceof TerrariumError)) throw thrown;
    const { code, message, details } = thrown;
    throw splitRefused(
      code,
      `split.${setting}`,
      message.replace(/^Row/, 'row'),
      `${splitMethodNamed(spec.split.method).by?.help ?? ''} Correct the value, or split another way.`,
      details,
    );
  }
}

/** A model that sees which group a row belongs to learns the groups by heart; of new ones it knows nothing. */
function inputWarnings(spec: Spec, { info }: Dataset): string[] {
  if (spec.split.method === 'time') return [];
  const inputs = new Set(inputColumns(spec, info).map(({ name }) => name));
  return splitColumns(spec)
    .filter((name) => inputs.has(name))
    .map(
      (name) =>
        `Column "${name}" deals the rows and is an input of the model too, because columns.${name}.type says so; what a model learns from it seldom holds for new rows.`,
    );
}
