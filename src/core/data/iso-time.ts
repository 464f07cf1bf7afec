/**
 * Milliseconds since 1970 of a datetime column's text: `2024-02-29`, `2024-02-29T13:05:00`, with a
 * fraction or `Z` where there is one. A time without a zone is taken as UTC.
 * @returns NaN for the empty text and for anything else
 */
export function isoMilliseconds(text: string): number {
  if (text.length < 10) return NaN;
  const days = daysSince1970(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10));
  if (text.length === 10) return days * 86_400_000;
  const minutes = digits(text, 11, 13) * 60 + digits(text, 14, 16);
  const end = text.endsWith('Z') ? text.length - 1 : text.length;
  const seconds = Number(text.slice(17, end));
  return days * 86_400_000 + minutes * 60_000 + Math.round(seconds * 1_000_000) / 1_000;
}

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i += 1) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** The day that is so many days after 1970-01-01 (Hinnant, civil_from_days). */
export function dayAfter1970(days: number): {
  readonly year: number;
  readonly month: number;
  readonly day: number;
} {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const ofYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * ofYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
  };
}

/** Days from 1970-01-01 in the proleptic Gregorian calendar (Hinnant, days_from_civil), year ≥ 0. */
export function daysSince1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear;
  return era * 146_097 + dayOfEra - 719_468;
}
