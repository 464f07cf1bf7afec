import { inputError } from '#core/errors.ts';
import type { FeatureColumn } from '#core/features/column.ts';
import type { SplitMethodName } from '#core/spec/spec.ts';
import type { Fold, Shares } from './parts.ts';

/** What is split. "Entry" i is the row `rows[i]`; columns and target have one value per entry. */
export interface SplitInput {
  /** Indexes of the rows to share out, ascending: those with a target. */
  readonly rows: Int32Array;
  readonly target: {
    /** Class labels; null for regression. */
    readonly classes: readonly string[] | null;
    /** Class index or value of each entry. */
    readonly values: Float64Array;
    /** There is none: all values are 0, and nothing is said of them. */
    readonly absent?: boolean;
  };
  /** Keep the shares of the classes, or of the target's quantiles, equal in the parts. */
  readonly stratify: boolean;
  /** The column of groups, times or parts; null where the method reads none. */
  readonly by: FeatureColumn | null;
  /** Between the parts of a split by time: days for datetimes, units for numbers. */
  readonly gap: number;
  /** Rows are dealt by a hash of this column's text; null for a shuffle. */
  readonly key: FeatureColumn | null;
  /** The column of folds; null where the method reads none. */
  readonly foldsBy: FeatureColumn | null;
  /** Of a ranking: the query of each entry, whose rows stay on one side. */
  readonly queries?: Int32Array;
  /** The run's seed. */
  readonly seed: number;
}

export type SplitSetting = 'by' | 'gap' | 'key' | 'stratify' | 'shares';
/** Settings that name a column. */
export type SplitColumnSetting = 'by' | 'key' | 'foldsBy';

/** A way to split. One object in one file, one row in `registry.ts`. */
export interface SplitMethod {
  readonly name: SplitMethodName;
  readonly title: string;
  /** What it promises, in a sentence. */
  readonly summary: string;
  /** The settings of a spec's split that it reads; any other is refused. */
  readonly reads: readonly SplitSetting[];
  /** What the column in `by` is called, and what it holds. */
  readonly by?: { readonly title: string; readonly help: string };
  /** The same of `foldsBy`, where the method takes the folds from a column. */
  readonly foldsBy?: { readonly title: string; readonly help: string };
  /**
   * The part of each entry, as an index into `partNames`, or `LEFT_OUT`.
   * @throws TerrariumError where the column cannot be read, or the split cannot be made
   */
  holdOut(input: SplitInput, shares: Shares): Int8Array;
  /** @throws TerrariumError where the column cannot be read, or there are too few rows for the folds */
  folds(input: SplitInput, count: number): readonly Fold[];
}

/** A split that cannot be made, by the place in the spec that says so. */
export function splitRefused(
  code: string,
  path: string,
  what: string,
  hint: string,
  details: Readonly<Record<string, unknown>> = {},
): Error {
  return inputError(code, `${path}: ${what}`, hint, { path, ...details });
}

/** The column of a setting; the spec's own check has made sure that there is one. */
export function columnOf(input: SplitInput, setting: SplitColumnSetting): FeatureColumn {
  const column = input[setting];
  if (column !== null) return column;
  throw splitRefused(
    'split_column_missing',
    `split.${setting}`,
    'this split needs a column.',
    'Name one.',
  );
}

/**
 * The column's value of each entry as a text; in a column of numbers `1` and `1.0` are one.
 * @throws TerrariumError naming the first row without a value
 */
export function presentTexts(input: SplitInput, setting: SplitColumnSetting): readonly string[] {
  const column = columnOf(input, setting);
  const texts =
    column.kind === 'text'
      ? column.values
      : Array.from(column.values, (value) => (Number.isNaN(value) ? '' : String(value)));
  refuseMissing(input, setting, (i) => texts[i] === '');
  return texts;
}

/** @throws TerrariumError naming the first row whose entry is missing in the column of a setting */
export function refuseMissing(
  input: SplitInput,
  setting: SplitColumnSetting,
  isMissing: (entry: number) => boolean,
): void {
  let first = -1;
  let count = 0;
  for (const entry of input.rows.keys()) {
    if (!isMissing(entry)) continue;
    if (count === 0) first = entry;
    count += 1;
  }
  if (count === 0) return;
  const { name } = columnOf(input, setting);
  const row = rowOf(input, first);
  const more = count === 1 ? '' : ` (and so have ${count - 1} more rows)`;
  throw splitRefused(
    'split_value_missing',
    `split.${setting}`,
    `row ${row}, column "${name}" has no value${more}, so the row belongs to no part.`,
    'Fill the value in, or split another way.',
    { row, column: name, count },
  );
}

/** The row of an entry as a person counts it, from 1. */
export function rowOf({ rows }: SplitInput, entry: number): number {
  return (rows[entry] ?? 0) + 1;
}

/** Folds whose training rows are all rows outside the test fold. */
export function complementaryFolds(
  rows: Int32Array,
  foldOf: Int32Array,
  count: number,
): readonly Fold[] {
  return Array.from({ length: count }, (_, fold) => ({
    train: rows.filter((_row, i) => foldOf[i] !== fold),
    test: rows.filter((_row, i) => foldOf[i] === fold),
  }));
}
