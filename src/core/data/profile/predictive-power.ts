import type { ColumnSchema, Dataset } from '#core/data/table.ts';
import { inputError } from '#core/errors.ts';
import { Breather } from '#core/breather.ts';
import { RandomStream } from '#core/random.ts';
import type { Task } from '#core/spec/spec.ts';
import { codesOf } from './codes.ts';
import { centred } from './moments.ts';
import { oneFeaturePower, type PowerFeature } from './one-feature-power.ts';
import type { ProfileOptions } from './profile-table.ts';
import { readNumbers, readTexts, valueKind, type Reading } from './read-values.ts';
import { MAX_SAMPLE_ROWS, sampleRows } from './sample-rows.ts';
import type { PowerTarget } from './target-tally.ts';

const FOLDS = 4;
const MIN_ROWS = 2 * FOLDS;

export interface FeaturePower {
  readonly column: string;
  /** 0: no better than the baseline on rows not seen; 1: perfect (see `oneFeaturePower`). */
  readonly power: number;
  /** Rows with a target that were read where there are more than `MAX_SAMPLE_ROWS`; null where all were. */
  readonly sampledRows: number | null;
}

/**
 * What each column tells of the target by itself, strongest first, over the rows that hold a target; out of
 * sample in four seeded folds, so that a column of distinct texts tells nothing.
 * @throws TerrariumError `no_such_column`, `target_not_numeric`, `target_too_few_rows`, `target_constant`,
 * or of kind `cancelled`
 */
export async function predictivePower(
  { info, table }: Dataset,
  target: string,
  task: Task,
  options: ProfileOptions & { readonly seed?: number } = {},
): Promise<readonly FeaturePower[]> {
  const random = new RandomStream(options.seed ?? 1).fork('predictive power');
  const schema = info.columns.find(({ name }) => name === target);
  if (schema === undefined) {
    throw inputError(
      'no_such_column',
      `There is no column "${target}" to predict.`,
      'Choose one of the columns of the data set.',
      { column: target },
    );
  }
  const breather = new Breather(options.signal);
  await breather.breathe();
  const all = await rowsWithTarget({ table, breather }, schema, task);
  const chosen = sampleRows(all.length, MAX_SAMPLE_ROWS, random);
  const rows = chosen.map((i) => all[i] ?? 0);
  const reading = { table, breather, rows };
  const wanted = await readTarget(reading, schema, task);
  const folds = dealFolds(rows.length, random.fork('folds'));

  const features = info.columns.filter(
    ({ name, type }) => name !== target && type !== 'empty' && type !== 'image',
  );
  const found: FeaturePower[] = [];
  for (const column of features) {
    await breather.breathe();
    const power = oneFeaturePower(await readFeature(reading, column), wanted, folds);
    const sampledRows = rows.length < all.length ? rows.length : null;
    found.push({ column: column.name, power, sampledRows });
    options.onProgress?.(found.length, features.length);
  }
  return found.sort((a, b) => b.power - a.power);
}

async function readFeature(reading: Reading, column: ColumnSchema): Promise<PowerFeature> {
  return valueKind(column.type) === 'texts'
    ? { kind: 'categories', ...codesOf(await readTexts(reading, column)) }
    : { kind: 'numbers', values: await readNumbers(reading, column) };
}

/** @throws TerrariumError where there are too few rows to learn from, or only one target */
async function rowsWithTarget(
  reading: Reading,
  column: ColumnSchema,
  task: Task,
): Promise<Int32Array> {
  const all = await readTarget(reading, column, task);
  const rows: number[] = [];
  const seen = new Set<number>();
  for (let row = 0; row < reading.table.rowCount; row += 1) {
    const value = all.kind === 'values' ? (all.values[row] ?? NaN) : (all.codes[row] ?? -1);
    if (Number.isNaN(value) || (all.kind === 'classes' && value < 0)) continue;
    rows.push(row);
    if (seen.size < 2) seen.add(value);
  }
  if (rows.length < MIN_ROWS) {
    throw inputError(
      'target_too_few_rows',
      `Column "${column.name}" holds ${rows.length} values, too few to measure what predicts it (at least ${MIN_ROWS}).`,
      'Choose another target, or give more rows.',
      { column: column.name },
    );
  }
  if (seen.size < 2) {
    throw inputError(
      'target_constant',
      `Column "${column.name}" holds the same value in every row, so there is nothing to predict.`,
      'Choose another target.',
      { column: column.name },
    );
  }
  return Int32Array.from(rows);
}

/** Numbers less their mean, scaled to where squares are safe, or classes. */
async function readTarget(
  reading: Reading,
  column: ColumnSchema,
  task: Task,
): Promise<PowerTarget> {
  if (task === 'classification') {
    return { kind: 'classes', ...codesOf(await readTexts(reading, column)) };
  }
  const isNumberLike = column.dtype !== 'string' && valueKind(column.type) === 'texts';
  const asNumbers = isNumberLike ? { ...column, type: 'numeric' as const } : column;
  if (valueKind(asNumbers.type) === 'texts' || asNumbers.type === 'empty') {
    throw inputError(
      'target_not_numeric',
      `Column "${column.name}" holds texts, so it is no target of a regression.`,
      'Choose classification, or a target that holds numbers.',
      { column: column.name },
    );
  }
  return { kind: 'values', values: centred(await readNumbers(reading, asNumbers)) };
}

/** Rows dealt to folds in turn after a seeded shuffle. */
function dealFolds(rows: number, random: RandomStream): Int32Array {
  const shuffled = random.shuffle(Int32Array.from({ length: rows }, (_, row) => row));
  const folds = new Int32Array(rows);
  for (const [i, row] of shuffled.entries()) folds[row] = i % FOLDS;
  return folds;
}
