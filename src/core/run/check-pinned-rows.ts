import { typedColumn } from '#core/data/typed-columns.ts';
import type { Dataset } from '#core/data/table.ts';
import { inputError } from '#core/errors.ts';
import { inputColumns, type ColumnReading } from '#core/spec/input-columns.ts';
import { pinTest, type Breach } from '#core/spec/pins.ts';
import type { Spec } from '#core/spec/spec.ts';

/** Rows that a refusal names. */
const ROWS_NAMED = 5;

/**
 * Holds the rows that a run learns from and is measured on against what the spec pins: a model is not to learn from
 * rows that it would refuse.
 * @param rows 0-based indexes of the rows with a target
 * @throws TerrariumError `rows_outside_contract` naming the path in the spec, how many rows break it, and which
 */
export function checkPinnedRows(spec: Spec, dataset: Dataset, rows: Int32Array): void {
  for (const reading of inputColumns(spec, dataset.info)) {
    const test = pinTest(reading.allowed ?? {}, reading);
    if (test === null) continue;
    const { values } = typedColumn(dataset.table, reading, rows);
    const broken: { row: number; breach: Breach }[] = [];
    for (const [at, value] of values.entries()) {
      const breach = test(value);
      if (breach !== null) broken.push({ row: (rows[at] ?? 0) + 1, breach });
    }
    const pin = broken[0]?.breach.pin;
    const alike = broken.filter(({ breach }) => breach.pin === pin);
    if (alike.length > 0) throw refusal(reading, alike, rows.length);
  }
}

function refusal(
  { name }: ColumnReading,
  broken: readonly { readonly row: number; readonly breach: Breach }[],
  total: number,
): Error {
  const { pin, allowed } = broken[0]?.breach ?? { pin: 'range', allowed: '' };
  const isGap = pin === 'nullable';
  const named = broken
    .slice(0, ROWS_NAMED)
    .map(({ row, breach }) => (isGap ? `row ${row}` : `row ${row} (${breach.found})`));
  if (broken.length > named.length) named.push(`and ${broken.length - named.length} more`);
  const path = `columns.${name}.${pin}`;
  const wanted = isGap ? 'is false' : `allows ${allowed}`;
  const found = isGap ? 'a missing value' : 'another value';
  return inputError(
    'rows_outside_contract',
    `${path} ${wanted}, and ${broken.length} of ${total} rows ${broken.length === 1 ? 'has' : 'have'} ${found}: ${named.join(', ')}.`,
    isGap
      ? 'Fill the values in, leave the rows out of the data, or allow missing values.'
      : `Correct the values, allow them, or list the texts that mean missing under columns.${name}.missing.`,
    { path, column: name, rows: broken.slice(0, 100).map(({ row }) => row) },
  );
}
