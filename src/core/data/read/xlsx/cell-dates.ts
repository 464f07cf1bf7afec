/** Formats that come with Excel and show dates or times (ECMA-376 part 1, 18.8.30). */
const BUILT_IN: readonly (readonly [from: number, to: number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
];
const DAY_MS = 86_400_000;
/** 1899-12-30: Excel counts a 29 February 1900 that was none, so day 1 is the one after the next. */
const EPOCH_1900 = -25_569;
const EPOCH_1904 = -24_107;
const LAST_FALSE_DAY = 60;
/** 9999-12-31 */
const MAX_SERIAL = 2_958_465;

export type DateFormat = 'date' | 'time' | null;

/** What a number format shows, by its number and its code. */
export function dateFormat(id: number, code: string | undefined): DateFormat {
  if (code === undefined) {
    if (id >= 18 && id <= 21) return 'time';
    return BUILT_IN.some(([from, to]) => id >= from && id <= to) && id !== 46 ? 'date' : null;
  }
  // Texts in quotes, escaped characters, colours and locales say nothing; [h] is a length of time.
  if (/\[(h+|m+|s+)\]/i.test(code)) return null;
  const marks = code.replaceAll(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '').split(';', 1)[0] ?? '';
  if (/general/i.test(marks)) return null;
  if (/[yd]|mmm/i.test(marks)) return 'date';
  return /[hs]|am\/pm/i.test(marks) ? 'time' : null;
}

/**
 * A serial number as ISO 8601, to the millisecond.
 * @returns null where it is no date that Excel shows
 */
export function serialText(
  serial: number,
  format: 'date' | 'time',
  is1904: boolean,
): string | null {
  if (!(serial >= 0 && serial <= MAX_SERIAL + 1)) return null;
  const shift = !is1904 && serial < LAST_FALSE_DAY ? 1 : 0;
  const epoch = is1904 ? EPOCH_1904 : EPOCH_1900;
  const moment = Math.round((serial + shift + epoch) * DAY_MS);
  const text = new Date(moment).toISOString();
  const time = text
    .slice(11, -1)
    .replace(/(\.[0-9]*?)0+$/, '$1')
    .replace(/\.$/, '');
  if (format === 'time' && serial < 1) return time;
  const date = text.slice(0, 10);
  return time === '00:00:00' ? date : `${date}T${time}`;
}
