import { parseNumber } from '#core/data/normalize.ts';
import { isoDate, writtenDate } from '#core/data/parse-date.ts';
import type { AuditColumn } from '../audit-column.ts';
import type { Detector } from '../detector.ts';
import type { Finding, Remedy } from '../finding.ts';
import { columnRemedy, counted, firstRows, leaveOut, percent, quoted } from '../wording.ts';

/** From half of the values on a column is meant to hold numbers or dates; below, some labels happen to be one. */
const MEANT_SHARE = 0.5;
/** Worth a note: a column of which this share is something else than the rest. */
const NOTABLE_SHARE = 0.1;
/** A remedy lists no more texts than a person would read. */
const MAX_LISTED = 20;
/** The open end of a scale: `3+`, `5more`, `>100`, `65 and over`. */
const OPEN_END =
  /^(?:[<>≤≥]=?\s?\d+(?:\.\d+)?|\d+(?:\.\d+)?\s?(?:\+|plus|(?:(?:or|and|&)\s)?(?:more|over|above|older|less|under|below|fewer|younger))|(?:more|less) than \d+|more)$/i;
const booleans: readonly (readonly string[])[] = [
  ['true', 'false'], ['t', 'f'], ['yes', 'no'], ['y', 'n'], ['on', 'off'], ['1', '0'], ['1.0', '0.0'],
  ['ja', 'nein'], ['oui', 'non'], ['si', 'no'], ['sí', 'no'], ['wahr', 'falsch'], ['vrai', 'faux'],
]; // prettier-ignore

export const mixedTypes: Detector = {
  codes: ['mixed_types'],
  detect: ({ columns }) =>
    columns.flatMap((column) => {
      if (column.kind !== 'texts' || column.isDropped || column.schema.dtype !== 'string')
        return [];
      return mixture(column) ?? booleanMixture(column) ?? [];
    }),
};

type Kind = 'numbers' | 'dates' | 'texts';

function mixture(column: AuditColumn): Finding[] | null {
  const { texts, counts, codes } = column.values;
  const { present } = column;
  // 007 is a code, and so is every other text of digits in its column.
  if (texts.some((text) => /^[+-]?0\d+$/.test(text))) return null;
  const kinds = texts.map((text) => kindOf(text));
  const rowsOf = (kind: Kind): number =>
    kinds.reduce((sum, one, code) => sum + (one === kind ? (counts[code] ?? 0) : 0), 0);
  const numbers = rowsOf('numbers');
  const dates = rowsOf('dates');
  if (dates === present) return mixedDates(column);
  if (numbers === present) return mixedMarks(column);
  const kind = numbers >= dates ? 'numbers' : 'dates';
  const share = Math.max(numbers, dates) / present;
  if (share < NOTABLE_SHARE || share === 1) return null;
  const strays = [...texts.keys()].filter((code) => kinds[code] !== kind);
  const isStray = new Set(strays);
  const count = strays.reduce((sum, code) => sum + (counts[code] ?? 0), 0);
  const named = strays.map((code) => texts[code] ?? '');
  const isScale =
    kind === 'numbers' && named.length <= 2 && named.every((text) => OPEN_END.test(text));
  const isMeant = share >= MEANT_SHARE && !isScale;
  // Codes such as A12 and 77, and prose that begins with a number, are texts all through.
  if (
    !isMeant &&
    strays.length > MAX_LISTED &&
    strays.some((code) => /\d/.test(texts[code] ?? ''))
  ) {
    return null;
  }
  return [
    {
      code: 'mixed_types',
      severity: isMeant ? 'warning' : 'note',
      columns: [column.name],
      message: `Column "${column.name}" is mixed: ${percent(present - count, present)} of its values are ${kind}, and ${counted(count, 'value')} ${count === 1 ? 'is' : 'are'} not: ${quoted(named)}${isScale ? ', the open end of a scale' : ''}.`,
      why: `One value that is none turns a column of ${kind} into categories, in which 9 and 10 are as different as any two words.`,
      count,
      rows: firstRows(codes.length, (row) => isStray.has(codes[row] ?? -1)),
      // A scale's open end is a category by right.
      remedies: isMeant ? readAs(column, kind, named) : isScale ? [] : unread(column),
    },
  ];
}

function kindOf(text: string): Kind {
  if ((parseNumber(text, '.') ?? parseNumber(text, ',')) !== null) return 'numbers';
  const date = writtenDate(text);
  // 2010-11 is a season as well as a month, and 2024-101 the number of an invoice.
  const isDate =
    date !== null &&
    date.guess !== 'day' &&
    date.guess !== 'day_of_year' &&
    (isoDate(date, 'day_first') ?? isoDate(date, 'month_first')) !== null;
  return isDate ? 'dates' : 'texts';
}

function readAs(column: AuditColumn, kind: Kind, strays: readonly string[]): Remedy[] {
  if (strays.length > MAX_LISTED) return unread(column);
  const known = column.schema.missing.filter((text) => text !== '');
  return columnRemedy(
    `Read ${quoted(strays, 3)} as missing, and the column as ${kind}`,
    column.name,
    {
      type: kind === 'numbers' ? 'numeric' : 'datetime',
      missing: [...new Set([...known, ...strays])],
    },
  );
}

/** One whose values are all different may be left out already, as a name of rows; then this says that it was meant. */
function unread({ name, isTarget, isDealing }: AuditColumn): Remedy[] {
  return isTarget || isDealing ? [] : leaveOut(name);
}

/** All are numbers, some with a decimal point and some with a comma. */
function mixedMarks(column: AuditColumn): Finding[] | null {
  const { texts, counts, codes } = column.values;
  const hasComma = texts.map((text) => text.includes(','));
  const count = counts.reduce((sum, rows, code) => sum + (hasComma[code] === true ? rows : 0), 0);
  if (count === 0 || count === column.present) return null;
  return [
    {
      code: 'mixed_types',
      severity: 'warning',
      columns: [column.name],
      message: `Column "${column.name}" writes numbers in two ways: ${counted(count, 'value')} with a comma, and others without.`,
      why: 'Whether 1,234 is a little over one or over a thousand cannot be told, so the column is read as categories.',
      count,
      rows: firstRows(codes.length, (row) => hasComma[codes[row] ?? -1] === true),
      remedies: [...underOneMark(column), ...unread(column)],
    },
  ];
}

/** Marks under which every value is a number: which of them is meant, only a person knows. */
function underOneMark(column: AuditColumn): Remedy[] {
  const { texts } = column.values;
  return ([',', '.'] as const)
    .filter((mark) => texts.every((text) => parseNumber(text, mark) !== null))
    .flatMap((decimal) =>
      columnRemedy(
        `Read numbers with a decimal ${decimal === ',' ? 'comma' : 'point'}`,
        column.name,
        {
          type: 'numeric',
          decimal,
        },
      ),
    );
}

/** All are dates, and no one order of day and month serves them all. */
function mixedDates(column: AuditColumn): Finding[] {
  const { texts, codes } = column.values;
  const isDayFirst = texts.map((text) => {
    const date = writtenDate(text);
    return date !== null && isoDate(date, 'month_first') === null;
  });
  const count = codes.reduce((sum, code) => sum + (isDayFirst[code] === true ? 1 : 0), 0);
  return [
    {
      code: 'mixed_types',
      severity: 'warning',
      columns: [column.name],
      message: `Column "${column.name}" holds dates in two orders: in ${counted(count, 'row')} the day can only stand first, and in others only the month.`,
      why: 'Where both numbers are small nobody can tell which is the day, so no date of the column is certain.',
      count,
      rows: firstRows(codes.length, (row) => isDayFirst[codes[row] ?? -1] === true),
      remedies: unread(column),
    },
  ];
}

/** Yes, Y, true and 1 in one column. */
function booleanMixture(column: AuditColumn): Finding[] | null {
  const { texts, codes } = column.values;
  const lower = [...new Set(texts.map((text) => text.toLowerCase()))];
  const known = new Set(booleans.flat());
  if (lower.length < 3 || !lower.every((text) => known.has(text))) return null;
  return [
    {
      code: 'mixed_types',
      severity: 'warning',
      columns: [column.name],
      message: `Column "${column.name}" writes yes and no in several ways: ${quoted(texts, 8)}.`,
      why: 'What means the same must be written the same, or a model takes it for different things.',
      count: column.present,
      rows: firstRows(codes.length, (row) => (codes[row] ?? -1) > 1),
      remedies: unread(column),
    },
  ];
}
