import { localMoment } from '#app/local-date.ts';

const locale = 'en';
const counts = new Intl.NumberFormat(locale);
// Four digits stand together: a number may be a year.
const numbers = new Intl.NumberFormat(locale, {
  maximumSignificantDigits: 4,
  useGrouping: 'min2',
});
const powers = new Intl.NumberFormat(locale, {
  notation: 'scientific',
  maximumSignificantDigits: 4,
});
const scores = new Intl.NumberFormat(locale, {
  minimumSignificantDigits: 3,
  maximumSignificantDigits: 3,
});
const rowScores = new Intl.NumberFormat(locale, {
  minimumSignificantDigits: 4,
  maximumSignificantDigits: 4,
  useGrouping: 'min2',
});
const shares = new Intl.NumberFormat(locale, {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });

/** `1,461` */
export function countText(count: number): string {
  return counts.format(count);
}

/** `1 row`, `344 rows` */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/** Four significant digits: `43.92`, `4202`, `12,630`; very large and very small ones in powers of ten: `1.798e308`. */
export function numberText(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e12 || (size < 1e-4 && size > 0)) return powers.format(value).replace('E', 'e');
  return numbers.format(value);
}

/** Three significant digits, none left out: `0.985`, `1.00` */
export function scoreText(score: number): string {
  return scores.format(score);
}

/**
 * How unusual a row is: four significant digits, none left out, so that rows stand under one another and beside their
 * threshold: `0.5580`; very large and very small ones, as errors of a network may be, in powers of ten.
 */
export function rowScoreText(score: number): string {
  const size = Math.abs(score);
  return size === 0 || (size >= 1e-4 && size < 1e12) ? rowScores.format(score) : numberText(score);
}

/** `3.2%` of a part in a whole; `0.0%` of nothing. */
export function shareText(part: number, whole: number): string {
  return shares.format(whole === 0 ? 0 : part / whole);
}

/** `13.5 kB`, in powers of 1000. */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${units[unit] ?? ''}`;
}

/** `just now`, `5 minutes ago`, `yesterday`; a date where it is longer than a week ago. */
export function agoText(isoTime: string, nowMs: number = Date.now()): string {
  const seconds = (Date.parse(isoTime) - nowMs) / 1000;
  const ago = -seconds;
  if (ago < 60) return 'just now';
  if (ago < 3_600) return relative.format(Math.round(seconds / 60), 'minute');
  if (ago < 86_400) return relative.format(Math.round(seconds / 3_600), 'hour');
  if (ago < 604_800) return relative.format(Math.round(seconds / 86_400), 'day');
  return localMoment(isoTime);
}
