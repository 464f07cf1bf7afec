import { isRecord } from '#core/spec/spec-path.ts';
import { typedNumber } from '#core/typed-number.ts';

/** Groups of three digits parted by commas, as counts are shown: `65,536`; not `0,005`, which is a decimal comma. */
const grouped = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/;

/** What a person typed as a number; NaN where it is none. */
export function readNumber(text: string): number {
  const trimmed = text.trim();
  if (grouped.test(trimmed)) return Number(trimmed.replaceAll(',', ''));
  return trimmed === '' ? Number.NaN : Number(trimmed);
}

/** A number with a decimal comma: `0,5`, and `0,005`, which no group of digits begins. */
const withComma = /^[+-]?\d*,\d+(e[+-]?\d+)?$/i;

/**
 * What to write for a number with a decimal comma. It is not taken as one: whoever saw `0,5` taken would expect 1.5 of
 * `1,500`, which is a thousand and a half.
 */
export function slipOfNumber(text: string): string | undefined {
  const trimmed = text.trim();
  if (!withComma.test(trimmed) || grouped.test(trimmed)) return undefined;
  return `Numbers have a decimal point here: write ${trimmed.replace(',', '.')}.`;
}

/** The same of lines of names with their numbers: of the first that has one. */
export function slipOfNumberMap(text: string): string | undefined {
  return readLines(text)
    .map((line) => slipOfNumber(line.slice(line.lastIndexOf(':') + 1)))
    .find((slip) => slip !== undefined);
}

/** A typed number, and undefined for nothing. */
function readOptionalNumber(text: string): number | undefined {
  return text.trim() === '' ? undefined : readNumber(text);
}

function writeNumber(value: unknown): string {
  return typeof value === 'number' && !Number.isNaN(value) ? typedNumber(value) : '';
}

/** Integers separated by commas or spaces; what is none is NaN. */
export function readNumberList(text: string): number[] {
  return text
    .split(/[,\s]+/)
    .filter((part) => part !== '')
    .map(Number);
}

function writeNumberList(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : '';
}

/** How a `TextField` takes a number, a number or nothing, and numbers. */
const typed = { write: writeNumber, slip: slipOfNumber, numeric: true };
export const numberField = { ...typed, read: readNumber };
export const optionalNumberField = { ...typed, read: readOptionalNumber };
export const numberListField = { read: readNumberList, write: writeNumberList };

/** Texts, one a line. */
export function readLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

export function writeLines(value: unknown): string {
  return Array.isArray(value) ? value.join('\n') : '';
}

/** Names with their numbers, one a line: `late: 5`; what follows on the last colon is the number. */
export function readNumberMap(text: string): Record<string, number> {
  return Object.fromEntries(
    readLines(text).map((line) => {
      const colon = line.lastIndexOf(':');
      return [line.slice(0, Math.max(0, colon)).trim(), readNumber(line.slice(colon + 1))];
    }),
  );
}

export function writeNumberMap(value: unknown): string {
  return isRecord(value)
    ? Object.entries(value)
        .map(([name, number]) => `${name}: ${writeNumber(number)}`)
        .join('\n')
    : '';
}

/** Any parameter's value in words. */
export function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  if (isRecord(value)) return writeNumberMap(value).replaceAll('\n', ', ') || 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : writeNumber(value);
}

/** Cell texts separated by commas. */
export function readTokens(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
