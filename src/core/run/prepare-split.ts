import { typedColumn, type CellReading } from '#core/data/typed-columns.ts';
import { foldRecords } from '#core/data/split/fold-records.ts';
import { partNames, type Fold, type SplitRows } from '#core/data/split/parts.ts';
import { refuseRareClasses } from '#core/data/split/rare-classes.ts';
import { restrictedTo } from '#core/data/split/restrict-input.ts';
import {
  splitRefused,
  type SplitColumnSetting,
  type SplitInput,
} from '#core/data/split/split-method.ts';
import { splitRecord } from '#core/data/split/split-record.ts';
import { foldRows, splitRows, type Split } from '#core/data/split/split-rows.ts';
import { stoppingRows } from '#core/data/split/stopping-rows.ts';
import { splitMethodNamed } from '#core/data/split/registry.ts';
import type { Dataset } from '#core/data/table.ts';
import { TerrariumError } from '#core/errors.ts';
import type { FeatureColumn } from '#core/features/column.ts';
import { knownInTime, partsKnownInTime } from '#core/forecast/history.ts';
import type { PreparedForecast } from '#core/forecast/prepare-forecast.ts';
import { RandomStream } from '#core/random.ts';
import type { PreparedQueries } from '#core/ranking/prepare-queries.ts';
import { inputColumns } from '#core/spec/input-columns.ts';
import type { SplitRecord } from '#core/spec/split-record.ts';
import type { Spec } from '#core/spec/spec.ts';
import { splitColumns } from '#core/spec/split-columns.ts';
import type { PreparedRows } from './prepare-rows.ts';
import type { PreparedTarget } from './prepare-target.ts';

/** A fold, and how its training rows are parted for a model that stops early. */
export interface StoppingFold extends Fold {
  readonly stopping: Pick<SplitRows, 'train' | 'validation'>;
}

export interface PreparedSplit {
  readonly parts: SplitRows;
  /** The rounds of a cross-validation over the rows that are not for the test; none where none is wanted. */
  readonly folds: readonly StoppingFold[];
  readonly record: SplitRecord;
  readonly warnings: readonly string[];
}

/**
 * Splits the rows with a target as the spec says. The spec has been checked.
 * @throws TerrariumError naming the path in the spec where the split cannot be made
 */
export function prepareSplit(
  spec: Spec,
  dataset: Dataset,
  target: PreparedTarget,
  { forecast, queries }: Pick<PreparedRows, 'forecast' | 'queries'>,
): PreparedSplit {
  const input = splitInput(spec, dataset, target, queries);
  const dealt = splitRows(spec.split.method, input, spec.split);
  const split = forecast === null ? dealt : keepKnown(dealt, input, forecast);
  const { folds, records } = prepareFolds(spec, input, split.parts, forecast);
  return {
    parts: split.parts,
    folds,
    record: {
      ...splitRecord(spec.split, input, split),
      ...(folds.length > 0 && { folds: records }),
    },
    warnings: inputWarnings(spec, dataset),
  };
}

/** A split of which no row is predicted from when the rows before its part were not all known yet. */
function keepKnown({ parts }: Split, { rows }: SplitInput, forecast: PreparedForecast): Split {
  const kept = partsKnownInTime(forecast, parts);
  const isKept = new Set(partNames.flatMap((part) => [...kept[part]]));
  return { parts: kept, leftOut: rows.filter((row) => !isKept.has(row)) };
}

/** Training and validation rows together, dealt anew: the test rows stay out of every fold. */
function prepareFolds(
  { split }: Spec,
  input: SplitInput,
  parts: SplitRows,
  forecast: PreparedForecast | null,
): { readonly folds: readonly StoppingFold[]; readonly records: SplitRecord['folds'] } {
  const { method, folds: count } = split;
  if (count === undefined) return { folds: [], records: [] };
  const learnable = Int32Array.from([...parts.train, ...parts.validation]).sort();
  const random = new RandomStream(input.seed).fork('folds');
  const dealt = restrictedTo({ ...input, seed: random.seed }, learnable);
  refuseRareClasses(method, dealt, count);
  const folds = foldRows(method, dealt, count).map(({ train: earlier, test }, i): StoppingFold => {
    const train = forecast === null ? earlier : knownInTime(forecast, earlier, test);
    if (train.length === 0) throw emptyFold(i);
    const seed = random.fork(String(i)).seed;
    return { train, test, stopping: stoppingRows({ ...dealt, seed }, train, split) };
  });
  return { folds, records: foldRecords(method, dealt, folds) };
}

function emptyFold(at: number): Error {
  return splitRefused(
    'empty_fold',
    'split.folds',
    `no training row of fold ${at + 1} was known when the first of its forecasts is made.`,
    'Ask for fewer folds, or a shorter horizon.',
    { fold: at + 1 },
  );
}

/** What a spec's split works on, for a hold-out or for folds. */
export function splitInput(
  spec: Spec,
  dataset: Dataset,
  target: PreparedTarget,
  queries: PreparedQueries | null = null,
): SplitInput {
  const { gap = 0, stratify } = spec.split;
  return {
    rows: target.rows,
    target: { ...target, absent: spec.target === undefined },
    stratify,
    by: splitColumn(spec, dataset, 'by', target.rows),
    gap,
    key: splitColumn(spec, dataset, 'key', target.rows),
    foldsBy: splitColumn(spec, dataset, 'foldsBy', target.rows),
    ...(queries !== null && { queries: target.rows.map((row) => queries.ofRow[row] ?? -1) }),
    seed: spec.seed,
  };
}

/** The column of a setting: keys as their texts, times as dates or numbers, all others as what they hold. */
function splitColumn(
  spec: Spec,
  { table, info }: Dataset,
  setting: SplitColumnSetting,
  rows: Int32Array,
): FeatureColumn | null {
  const name = spec.split[setting];
  const schema = info.columns.find((column) => column.name === name);
  if (schema === undefined) return null;
  const given = spec.columns[schema.name];
  const isTime = setting === 'by' && spec.split.method === 'time';
  const isNumbers = setting !== 'key' && schema.dtype !== 'string' && given?.type !== 'datetime';
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
      `${helpOf(spec, setting)} Correct the value, or split another way.`,
      details,
    );
  }
}

function helpOf({ split: { method } }: Spec, setting: SplitColumnSetting): string {
  const { by, foldsBy } = splitMethodNamed(method);
  return (setting === 'foldsBy' ? foldsBy : by)?.help ?? '';
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
