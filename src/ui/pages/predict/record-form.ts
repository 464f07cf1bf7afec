import { parseMeasured, trimmed, type DecimalMark } from '#core/data/normalize.ts';
import { isoDate, writtenDate } from '#core/data/parse-date.ts';
import type { Contract, ContractInput } from '#core/spec/contract.ts';
import { shownExample } from '#core/spec/shown-example.ts';

/** A contract lists this many categories at most; a longer list is cut. */
const LISTED = 50;

/** What a person typed, by column name; the empty text is a missing value. */
export type TypedRecord = Readonly<Record<string, string>>;

/** What the fields of a record's columns are given. */
export interface RecordField {
  readonly input: ContractInput;
  /** As it was typed. */
  readonly value: string;
  readonly error: string | undefined;
  readonly onchange: (value: string) => void;
}

/**
 * A first record to try: the training median or the most frequent value of each column, and no text. Numbers have the
 * decimal mark of the data, in which the form takes them.
 */
export function exampleRecord(contract: Pick<Contract, 'inputs'>): TypedRecord {
  return Object.fromEntries(contract.inputs.map((input) => [input.name, typedExample(input)]));
}

function typedExample(input: ContractInput): string {
  const shown = shownExample(input);
  return input.type === 'numeric' ? shown.replace('.', input.decimal ?? '.') : shown;
}

/** A refusal as it stands at the field of its column, which needs neither the row nor the column named. */
export function atField(message: string, column: string): string {
  const place = `Row 1, column "${column}": `;
  return message.startsWith(place) ? message.slice(place.length) : message;
}

/** A name is found sooner in the order of the alphabet, and `10 km` after `9 km`. */
const byName = new Intl.Collator('en', { numeric: true });

/** The categories that a field offers: as they are ordered where they have an order, and otherwise by name. */
export function offeredCategories({
  allowed,
  order,
  categories,
}: ContractInput): readonly string[] {
  const offered = allowed?.categories ?? order ?? categories ?? [];
  return order === undefined ? offered.toSorted(byName.compare) : offered;
}

/**
 * What the model will do with a typed value that it might not expect, or what to write for a number with the other decimal
 * mark; null for an ordinary value, and for others that it refuses.
 */
export function noteOn(input: ContractInput, typed: string): string | null {
  const text = trimmed(typed);
  const { allowed } = input;
  if (text === '' || input.missing.includes(text)) {
    if (allowed?.nullable === false) return null;
    return input.type === 'text'
      ? 'Missing: the model reads a text without a word.'
      : 'Missing: the model fills it in as it learned to.';
  }
  if (input.type === 'categorical') {
    const known = input.categories;
    if (allowed?.categories !== undefined) return null;
    return known === undefined || known.length >= LISTED || known.includes(text)
      ? null
      : 'Not seen in training: it says nothing to the model.';
  }
  if (input.type === 'text' || input.type === 'image') return null;
  return input.type === 'datetime' ? noteOnDate(input, text) : noteOnNumber(input, text);
}

function noteOnDate({ period, dates = 'month_first' }: ContractInput, text: string): string | null {
  const written = writtenDate(text);
  const date = written === null ? null : isoDate(written, dates);
  if (date === null || period === undefined) return null;
  const length = isDay(period.to) ? period.to.length : date.length;
  if (date >= period.from && date.slice(0, length) <= period.to) return null;
  const side = date < period.from ? 'before' : 'after';
  return `This is ${side} all training dates, so the model extrapolates.`;
}

/** Whether an ISO 8601 text is a day without a time. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}

function noteOnNumber({ range, allowed, decimal }: ContractInput, text: string): string | null {
  const value = parseMeasured(text, decimal);
  if (value === null) return slipOfMark(text, decimal);
  if (range === undefined) return null;
  const { min = -Infinity, max = Infinity } = allowed?.range ?? {};
  if (value < min || value > max) return null;
  if (value >= range.min && value <= range.max) return null;
  const side = value < range.min ? 'below' : 'above';
  return `This is ${side} all training values, so the model extrapolates.`;
}

/** `1,500` and `1.500` may be a thousand and a half to whoever types them. */
const LIKE_THOUSANDS = /^[+-]?[1-9]\d{0,2}([.,]\d{3})+$/;

function slipOfMark(text: string, decimal: DecimalMark = '.'): string | null {
  const other = decimal === '.' ? ',' : '.';
  if (parseMeasured(text, other) === null || LIKE_THOUSANDS.test(text)) return null;
  return `Numbers have a decimal ${decimal === ',' ? 'comma' : 'point'} here, as in the data: write ${text.replace(other, decimal)}.`;
}
