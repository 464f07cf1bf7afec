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

/** Decimal notation only: no leading zeros (007 is a code), hexadecimal, separators or words. */
const DECIMAL = /^[+-]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A cell as it is compared: outer white space is never part of a value. */
export function trimmed(cell: string): string {
  return cell.trim();
}

/**
 * The number a trimmed text stands for, or null where it stands for none that can be kept: text,
 * overflow to infinity, or an integer past 2^53 that would be rounded.
 */
export function parseNumber(text: string): number | null {
  if (!DECIMAL.test(text)) return null;
  const value = Number(text);
  if (!Number.isFinite(value)) return null;
  if (
    Number.isInteger(value) &&
    Math.abs(value) > Number.MAX_SAFE_INTEGER &&
    /^[+-]?\d+$/.test(text)
  ) {
    return null;
  }
  return value;
}
