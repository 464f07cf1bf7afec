import { recordText } from '#core/data/record-text.ts';
import { inputError } from '#core/errors.ts';
import type { WindowColumn } from '#core/features/windows/window-column.ts';
import type { ContractInput } from '#core/spec/contract.ts';
import { refuseBreach } from '#core/spec/pins.ts';

/**
 * The windows that records from JSON hold, as lists of numbers, oldest first; null where a value is missing.
 * @throws TerrariumError naming the record whose list is no list of so many numbers
 */
export function windowsOfRecords(
  input: ContractInput,
  rows: number,
  records: readonly Readonly<Record<string, unknown>>[],
): WindowColumn {
  const { name } = input;
  const missing = new Set(input.missing);
  const { decimal } = input;
  const values = new Float64Array(records.length * rows);
  for (const [i, record] of records.entries()) {
    const given: unknown = Object.hasOwn(record, name) ? record[name] : undefined;
    if (!isNumbers(given) || given.length !== rows) throw noWindow(input, rows, i, given);
    for (const [k, value] of given.entries()) {
      const isMissing = value === null || missing.has(recordText(value, decimal));
      if (!isMissing && input.integer === true && !Number.isInteger(value)) {
        throw noInteger(name, i, value);
      }
      values[i * rows + k] = isMissing ? NaN : value;
    }
  }
  refuseBreach({ kind: 'numeric', name, values }, input, (at) => Math.floor(at / rows));
  const ends = Int32Array.from(records, (_, i) => (i + 1) * rows - 1);
  return { kind: 'window', name, values, ends, rows };
}

function isNumbers(value: unknown): value is readonly (number | null)[] {
  return Array.isArray(value) && value.every((item) => item === null || typeof item === 'number');
}

function noInteger(name: string, record: number, value: number): Error {
  return inputError(
    'not_an_integer',
    `Row ${record + 1}, column "${name}": "${value}" is not an integer.`,
    'Correct the value, or give null where it is missing.',
    { row: record + 1, column: name },
  );
}

function noWindow({ name }: ContractInput, rows: number, record: number, given: unknown): Error {
  const found = Array.isArray(given) ? `a list of ${given.length}` : typeof given;
  return inputError(
    'not_a_window',
    `Record ${record + 1}, "${name}": the model takes the last ${rows} values as a list of numbers, oldest first, and got ${given === undefined ? 'none' : found}.`,
    `Give ${rows} numbers, null where one is missing.`,
    { row: record + 1, column: name },
  );
}
