import { parseNumber } from '#core/data/normalize.ts';
import { codesOf } from '#core/data/profile/codes.ts';
import { typedColumn } from '#core/data/typed-columns.ts';
import type { Dataset } from '#core/data/table.ts';
import { inputError } from '#core/errors.ts';
import type { FeatureColumn } from '#core/features/column.ts';
import { targetColumn } from '#core/spec/input-columns.ts';
import type { Spec } from '#core/spec/spec.ts';
import { conflictingRows, repeatedRows } from './rows-left-out.ts';

/** Fewer rows with a target than this cannot be split and measured. */
export const MIN_ROWS = 10;

export interface PreparedTarget {
  /** Rows that have a target, ascending; all of them where the task has none. */
  readonly rows: Int32Array;
  readonly rowsWithoutTarget: number;
  /** Rows with a target that repeat an earlier row, left out where the spec says so. */
  readonly rowsRepeated: number;
  /** Rows left out because they contradict others of the same inputs; absent where the spec keeps them. */
  readonly rowsConflicting?: number;
  /** Of a forecast: rows with a target that have too few rows before them, left out. */
  readonly rowsWithoutHistory?: number;
  readonly missing: readonly string[];
  /** Class labels, numbers by size and texts by code unit; null for any other task than classification. */
  readonly classes: readonly string[] | null;
  /** Class index or value of every entry of `rows`; zeros where the task has no target. */
  readonly values: Float64Array;
}

/**
 * Reads the target of every row; rows without one are left out and counted.
 * @throws TerrariumError when too few rows remain, or the target cannot be learned
 */
export function prepareTarget(spec: Spec, dataset: Dataset): PreparedTarget {
  if (spec.target === undefined) return withoutTarget(spec, dataset);
  const named = spec.target;
  const { schema, ...reading } = targetColumn(spec, dataset.info);
  const column = typedColumn(dataset.table, reading);
  const all = Array.from({ length: dataset.table.rowCount }, (_, row) => row);
  const labelled = all.filter((row) =>
    column.kind === 'text' ? column.values[row] !== '' : !Number.isNaN(column.values[row]),
  );
  const rowsWithoutTarget = dataset.table.rowCount - labelled.length;
  const isNumeric = schema.dtype !== 'string';
  const isRepeated = repeatedRows(spec, dataset);
  const once = labelled.filter((row) => isRepeated?.(row) !== true);
  const rowsRepeated = labelled.length - once.length;
  const conflicting = conflictingRows(spec, dataset, once, () => valuesByRow(column, isNumeric));
  const present = once.filter((row) => conflicting?.has(row) !== true);
  if (present.length < MIN_ROWS) {
    const leftOut = [
      ...(rowsRepeated === 0 ? [] : [', repeated ones left out']),
      ...(conflicting === null || conflicting.size === 0
        ? []
        : [', those that contradict others left out']),
    ].join('');
    throw inputError(
      'too_few_rows',
      `The target "${named}" has a value in ${present.length} of ${dataset.table.rowCount} rows${leftOut}; at least ${MIN_ROWS} are needed.`,
      'Give more rows with a target, or choose another one.',
      { path: 'target', rows: present.length },
    );
  }
  const rows = Int32Array.from(present);
  const common = {
    ...{ rows, rowsWithoutTarget, rowsRepeated, missing: reading.missing },
    ...(conflicting === null ? {} : { rowsConflicting: conflicting.size }),
  };
  if (column.kind === 'numeric') {
    const values = Float64Array.from(rows, (row) => column.values[row] ?? NaN);
    refuseConstant(named, new Set(values).size);
    return { ...common, classes: null, values };
  }
  const labels = present.map((row) => canonicalLabel(column.values[row] ?? '', isNumeric));
  const classes = sortedClasses(labels);
  refuseConstant(named, classes.length);
  if (classes.length === labels.length) {
    throw inputError(
      'target_all_distinct',
      `The target "${named}" has a different value in each of its ${labels.length} rows, so there is nothing to learn about a class.`,
      'Choose another target; a quantity needs the task regression.',
      { path: 'target' },
    );
  }
  const index = new Map(classes.map((label, k) => [label, k]));
  return {
    ...common,
    classes,
    values: Float64Array.from(labels, (label) => index.get(label) ?? 0),
  };
}

/** Every row, but for those that repeat an earlier one where the spec drops them. */
function withoutTarget(spec: Spec, dataset: Dataset): PreparedTarget {
  const { rowCount } = dataset.table;
  const isRepeated = repeatedRows(spec, dataset);
  const rows = Int32Array.from({ length: rowCount }, (_, row) => row).filter(
    (row) => isRepeated?.(row) !== true,
  );
  const rowsRepeated = rowCount - rows.length;
  if (rows.length < MIN_ROWS) {
    throw inputError(
      'too_few_rows',
      `The data has ${rows.length} ${rows.length === 1 ? 'row' : 'rows'}${rowsRepeated === 0 ? '' : ', repeated ones left out'}; at least ${MIN_ROWS} are needed.`,
      'Give more rows.',
      { rows: rows.length },
    );
  }
  const values = new Float64Array(rows.length);
  return { rows, rowsWithoutTarget: 0, rowsRepeated, missing: [], classes: null, values };
}

/** The target of every row: a number, or the number of a class by its first row. */
function valuesByRow(column: FeatureColumn, isNumeric: boolean): Float64Array {
  if (column.kind === 'numeric') return column.values;
  const labels = column.values.map((text) => canonicalLabel(text, isNumeric));
  return Float64Array.from(codesOf(labels).codes);
}

function refuseConstant(target: string, distinct: number): void {
  if (distinct > 1) return;
  throw inputError(
    'target_one_class',
    `The target "${target}" has the same value in every row, so there is nothing to predict.`,
    'Choose a target with at least two values.',
    { path: 'target' },
  );
}

/** In a column of numbers, `1`, `1.0` and `+1` are one class. */
function canonicalLabel(text: string, isNumeric: boolean): string {
  const value = isNumeric ? parseNumber(text) : null;
  return value === null ? text : String(value);
}

function sortedClasses(labels: readonly string[]): string[] {
  const classes = [...new Set(labels)];
  const numbers = classes.map((label) => parseNumber(label));
  if (numbers.every((value) => value !== null)) {
    return classes.sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1));
  }
  return classes.sort((a, b) => (a < b ? -1 : 1));
}
