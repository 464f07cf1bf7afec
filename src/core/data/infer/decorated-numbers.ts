import type { Doubt } from '../table.ts';
import { shortened } from './evidence.ts';

const CURRENCY = '(?:[$€£¥₹₽]|USD|EUR|GBP|CHF|JPY)';
const UNIT =
  '(?:mg|g|kg|t|mm|cm|m|km|ml|l|ms|s|sec|min|h|°C|°F|kWh|MB|GB|lbs?|oz|ft|in|mi|mph|km/h)';
const THOUSANDS = String.raw`\d{1,3}(?:[,.'’\u00a0\u202f ]\d{3})+(?:[.,]\d+)?`;
const DIGITS = String.raw`(?:${THOUSANDS}|\d+(?:[.,]\d+)?)`;
const SIGN = '[+\\-−]?';
const DECORATED = new RegExp(
  String.raw`^(?:${SIGN}${CURRENCY}\s?${SIGN}${DIGITS}|${SIGN}${DIGITS}\s?(?:${CURRENCY}|${UNIT}|%)|−\d+(?:[.,]\d+)?)$`,
);
const GROUPED = new RegExp(`^${SIGN}${THOUSANDS}$`);
/** Fewer values could be anything. */
const MIN_TEXTS = 3;

/**
 * What to say of a column of texts that are all numbers with something around or inside them: a currency, a unit, a per cent
 * sign, thousands apart. Which number 1.234 kg is nobody can tell from here, so they stay texts.
 * @param texts distinct ones
 */
export function decoratedNumbers(name: string, texts: readonly string[]): Doubt[] {
  const [first = ''] = texts;
  if (texts.length < MIN_TEXTS) return [];
  // Numbers of telephones are as long as one another, amounts are not.
  const areAmounts =
    texts.every((text) => GROUPED.test(text)) &&
    new Set(texts.map(({ length }) => length)).size > 1;
  if (!areAmounts && !texts.every((text) => DECORATED.test(text))) return [];
  const what = areAmounts ? 'thousands set apart' : 'a currency, a unit or a sign';
  const message = `Column "${name}": its values look like numbers with ${what}, such as "${shortened(first)}", and are read as texts. Write them as plain numbers to have them read as such.`;
  return [{ column: name, message }];
}
