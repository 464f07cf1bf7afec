import type { DecimalMark } from './normalize.ts';

/**
 * A value from JSON as a cell of a file has it; '' for none. Numbers past 2^53 get an exponent, since plain digits of
 * that length are codes.
 */
export function recordText(
  value: string | number | boolean | readonly (number | null)[] | null | undefined,
  decimal: DecimalMark = '.',
): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'number') return String(value);
  const isLarge = Math.abs(value) > Number.MAX_SAFE_INTEGER;
  return (isLarge ? value.toExponential() : String(value)).replace('.', decimal);
}
