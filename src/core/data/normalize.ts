/**
 * The one normalizer of cells. The reader's inference, training, `predict` and the prediction form all
 * decide here what is missing and what is a number.
 */

/** Cell texts that mean "missing" in a column of any type. The empty text always does. */
export const MISSING_TOKENS: readonly string[] = [
  '', 'NA', 'N/A', 'n/a', '#N/A', '<NA>', 'NaN', 'nan', 'NULL', 'Null', 'null', '?',
]; // prettier-ignore

/** Texts that are a fair category ("None" fireplaces), but in a column of numbers can only be missing. */
export const NUMERIC_MISSING_TOKENS: readonly string[] = ['None', 'none', 'na', '-', '--', '.'];

/** What parts a number's whole digits from its decimals. */
export type DecimalMark = '.' | ',';

/** Decimal notation only: no leading zeros (007 is a code), hexadecimal, separators or words. */
const DECIMAL = /^[+-]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Digits that a double holds exactly, whatever they are. */
const EXACT_DIGITS = 15;
const POWERS_OF_TEN = Array.from({ length: EXACT_DIGITS + 1 }, (_, k) => Number(`1e${k}`));

/** A cell as it is compared: outer white space is never part of a value. */
export function trimmed(cell: string): string {
  const first = cell.charCodeAt(0);
  const last = cell.charCodeAt(cell.length - 1);
  const isPlain = first > 32 && first < 127 && last > 32 && last < 127;
  return isPlain ? cell : cell.trim();
}

/**
 * The number a trimmed text stands for, or null where it stands for none that can be kept: text,
 * overflow to infinity, or an integer past 2^53 that would be rounded.
 */
export function parseNumber(text: string, decimal: DecimalMark = '.'): number | null {
  if (decimal === ',') return text.includes('.') ? null : parseNumber(text.replace(',', '.'));
  return plainNumber(text) ?? anyNumber(text);
}

/**
 * Short plain decimals, which most cells are: digits up to 2^53 and a power of ten up to 10^22 are exact
 * doubles, so their quotient is the nearest double (Clinger 1990).
 * @returns null for everything else, numbers too
 */
function plainNumber(text: string): number | null {
  const length = text.length;
  let i = text.charCodeAt(0) === 45 ? 1 : 0;
  const negative = i === 1;
  const start = i;
  let digits = 0;
  let value = 0;
  let point = -1;
  for (; i < length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit >= 48 && unit <= 57) {
      value = value * 10 + (unit - 48);
      digits += 1;
    } else if (unit === 46 && point < 0) point = i;
    else return null;
  }
  if (digits === 0 || digits > EXACT_DIGITS || point === start) return null;
  const startsWithZero = text.charCodeAt(start) === 48;
  if (startsWithZero && length > start + 1 && point !== start + 1) return null;
  if (point >= 0) value /= POWERS_OF_TEN[length - 1 - point] ?? 1;
  return negative ? -value : value;
}

function anyNumber(text: string): number | null {
  if (!DECIMAL.test(text)) return null;
  const value = Number(text);
  if (!Number.isFinite(value)) return null;
  const isPast = Number.isInteger(value) && Math.abs(value) > Number.MAX_SAFE_INTEGER;
  return isPast && isRounded(text, value) ? null : value;
}

/** Whether an integer past 2^53 would lose digits: one without a decimal point is never taken for a number. */
function isRounded(text: string, value: number): boolean {
  const match = /^[+-]?(\d+)(\.0*)?$/.exec(text);
  if (match === null) return false;
  const [, digits = '', fraction] = match;
  return fraction === undefined || BigInt(digits) !== BigInt(Math.abs(value));
}

/** An integer past 2^53 that is written out. */
const LONG_INTEGER = /^[+-]?[1-9]\d{15,}$/;

export function isLongInteger(text: string): boolean {
  return LONG_INTEGER.test(text) && !Number.isSafeInteger(Number(text));
}

/**
 * The number of a cell in a column of numbers with decimals: as `parseNumber`, and an integer past 2^53 too, where it would
 * be written back with the digits that it came with. 10^18 is one, 2^53 + 1 is not.
 */
export function parseMeasured(text: string, decimal: DecimalMark = '.'): number | null {
  const value = parseNumber(text, decimal);
  return value === null && isLongInteger(text) ? keptWhole(text) : value;
}

function keptWhole(text: string): number | null {
  const value = Number(text);
  const [digits = ''] = Math.abs(value).toExponential().replace('.', '').split('e', 1);
  const isKept = digits.replace(/0+$/, '') === text.replace(/^[+-]/, '').replace(/0+$/, '');
  return isKept ? value : null;
}
