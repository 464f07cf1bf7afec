import { parseNumber } from '#core/data/normalize.ts';
import { asMissing, rowsAsMissing } from '../as-missing.ts';
import type { AuditColumn } from '../audit-column.ts';
import type { Detector } from '../detector.ts';
import type { Finding } from '../finding.ts';
import { counted, firstRows, figure, quoted } from '../wording.ts';
import { missingCodesOf } from './missing-codes.ts';

/** Texts that say "I don't know" in several languages, compared in lower case. */
const words = new Set([
  ...['unknown', 'unk', 'missing', 'not available', 'not applicable', 'not known', 'n.a.', 'n.a', 'na', 'no data'],
  ...['nodata', 'undefined', 'tbd', 'none given', 'not specified', 'unspecified', '-', '--', '---', '.', '..', '#n/a'],
  ...['#value!', '#ref!', '#div/0!', '(blank)', '(null)', '\\n', 'xxx', 'unbekannt', 'k.a.', 'keine angabe', 'fehlt'],
  ...['inconnu', 'non renseigné', 'desconocido', 'sin datos', 'sconosciuto', 'desconhecido', 'onbekend', 'nieznany'],
]); // prettier-ignore

/** Numbers that stand for it in a column without any other. */
const CODE = /^(?:-(?:[1789]|77|88|99)|-?9{3,})(?:\.0+)?$/;
/** Days that programs and forms put where there is none: the first and last of calendars, of clocks and of centuries. */
const emptyDays = new Set(
  ['0001-01-01', '1753-01-01', '1899-12-30', '1899-12-31', '1900-01-01', '1900-01-02', '1904-01-01', '1970-01-01', '2099-12-31', '2999-12-31', '9999-12-31'].map((day) => Date.parse(day)),
); // prettier-ignore
const MS_PER_DAY = 86_400_000;
/** Such a day stands apart where it is this share of the others' range away from them, or so many days. */
const GAP_SHARE = 0.5;
const GAP_DAYS = 3650;
const MIN_OTHER_DATES = 10;

export const missingCode: Detector = {
  codes: ['missing_code'],
  detect: ({ columns, rows }) =>
    columns.flatMap((column) => {
      if (column.isDropped || column.isTarget) return [];
      if (column.kind === 'times') return ofTimes(column, rows);
      return column.kind === 'numbers' ? ofNumbers(column, rows) : ofTexts(column);
    }),
};

function ofNumbers(column: AuditColumn, rows: number): Finding[] {
  return missingCodesOf(column).map(({ value, count, isClear }) => {
    const isOne = (row: number): boolean => column.numbers[row] === value;
    return {
      code: 'missing_code',
      severity: isClear ? 'warning' : 'note',
      columns: [column.name],
      message: `Column "${column.name}" holds ${figure(value)} in ${counted(count, 'row')}, apart from its other values: it ${isClear ? 'seems to mean' : 'could mean'} "missing".`,
      why: 'Taken for a number it moves means and scales, and a model learns from a value that was never measured.',
      count,
      rows: firstRows(rows, isOne),
      remedies: rowsAsMissing(column, isOne, rows, figure(value)),
    };
  });
}

function ofTimes(column: AuditColumn, rows: number): Finding[] {
  const dayOf = (time: number): number => Math.floor(time / MS_PER_DAY) * MS_PER_DAY;
  const others = column.sorted.filter((time) => !emptyDays.has(dayOf(time)));
  const [first = NaN, last = NaN] = [others[0], others.at(-1)];
  if (others.length < MIN_OTHER_DATES) return [];
  const least = Math.min(GAP_SHARE * (last - first), GAP_DAYS * MS_PER_DAY);
  const codes = [...new Set(column.sorted.map(dayOf))].filter(
    (day) => emptyDays.has(day) && Math.max(first - day, day - last) > least,
  );
  return codes.map((day) => {
    const isOne = (row: number): boolean => dayOf(column.numbers[row] ?? NaN) === day;
    const count = column.sorted.reduce((sum, time) => sum + (dayOf(time) === day ? 1 : 0), 0);
    const shown = new Date(day).toISOString().slice(0, 10);
    return {
      code: 'missing_code',
      severity: 'warning',
      columns: [column.name],
      message: `Column "${column.name}" holds ${shown} in ${counted(count, 'row')}, apart from its other dates: it seems to mean "missing".`,
      why: 'Taken for a date it stretches the calendar by decades, and a model learns from a day on which nothing happened.',
      count,
      rows: firstRows(rows, isOne),
      remedies: rowsAsMissing(column, isOne, rows, shown),
    };
  });
}

function ofTexts(column: AuditColumn): Finding[] {
  if (column.kind !== 'texts' || !column.isInput) return [];
  const { texts, counts, codes } = column.values;
  const areCodes = texts.every((text) => CODE.test(text) || parseNumber(text) === null);
  const found = [...texts.keys()].filter((code) => {
    const text = texts[code] ?? '';
    return words.has(text.toLowerCase()) || (areCodes && CODE.test(text));
  });
  if (found.length === 0 || found.length === texts.length) return [];
  const isOne = new Set(found);
  const count = found.reduce((sum, code) => sum + (counts[code] ?? 0), 0);
  const named = found.map((code) => texts[code] ?? '');
  return [
    {
      code: 'missing_code',
      severity: 'note',
      columns: [column.name],
      message: `Column "${column.name}" holds ${quoted(named)} in ${counted(count, 'row')}, which could mean "missing".`,
      why: 'As a category of its own it stays apart from the cells that are empty, though both mean the same.',
      count,
      rows: firstRows(codes.length, (row) => isOne.has(codes[row] ?? -1)),
      remedies: asMissing(column, named, quoted(named)),
    },
  ];
}
