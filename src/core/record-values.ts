import { recordText } from './data/record-text.ts';
import type { Cells } from './data/cells.ts';
import { textCells } from './data/text-cells.ts';
import { inputError } from './errors.ts';
import type { ContractInput } from './spec/contract.ts';

/** A value of a record: a text as a person types it, what JSON has, a forecast's window as a list, or an image as a data URL. */
export type RecordValue = string | number | boolean | null | readonly (number | null)[];
export type InputRecord = Readonly<Record<string, RecordValue>>;

/** What a record must hold, in words for sentences. */
const wanted = {
  numeric: 'a number',
  categorical: 'a text',
  datetime: 'a date as a text',
  text: 'a text',
  image: 'an image as a text, a data URL',
} as const satisfies Record<ContractInput['type'], string>;

/** @throws TerrariumError `not_a_record`, naming the first that is no object with named values */
export function refuseNoRecord(records: readonly unknown[]): void {
  const at = records.findIndex((record) => kindOf(record) !== 'an object');
  if (at < 0) return;
  throw inputError(
    'not_a_record',
    `Row ${at + 1} must be an object with named values, and is ${kindOf(records[at])}.`,
    'Give each row as an object, such as {"a": 1, "b": "x"}.',
    { row: at + 1 },
  );
}

/**
 * One field of records as the cells of a file; '' where a record lacks it. What a text holds is looked at when the cells are read.
 * @throws TerrariumError `not_a_value`, naming row and field of a list or an object
 */
export function cellsOfRecords(
  records: readonly InputRecord[],
  { name, type, decimal }: ContractInput,
): Cells {
  const texts = records.map((record, row) => {
    const value: unknown = Object.hasOwn(record, name) ? record[name] : null;
    if (isPlain(value)) return recordText(value, decimal);
    throw noValue({ name, type }, row, kindOf(value));
  });
  return textCells(texts);
}

/** A field of a record that is not what the model takes. */
export function noValue(
  { name, type }: Pick<ContractInput, 'name' | 'type'>,
  row: number,
  got: string,
): Error {
  return inputError(
    'not_a_value',
    `Row ${row + 1}, column "${name}": the model takes ${wanted[type]}, and got ${got}.`,
    `Give ${wanted[type]}, or null where it is missing.`,
    { row: row + 1, column: name },
  );
}

function isPlain(value: unknown): value is string | number | boolean | null | undefined {
  return value === null || ['string', 'number', 'boolean', 'undefined'].includes(typeof value);
}

/** `an object`, `a list of 3`. */
function kindOf(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'boolean' ? String(value) : `a ${typeof value}`;
}
