import { rowsAsMissing } from '../as-missing.ts';
import type { Detector } from '../detector.ts';
import type { Finding } from '../finding.ts';
import { mainWords } from '../../header-words.ts';
import { isYearColumn } from '../time-columns.ts';
import { counted, firstRows, percent } from '../wording.ts';

/** A column with more future dates than this is about the future. */
const MEANT_SHARE = 0.5;
/** Names of what lies ahead. */
const aheadWords = new Set(['due', 'expiry', 'expires', 'expiration', 'exp', 'valid', 'until', 'planned', 'plan', 'scheduled', 'schedule', 'next', 'forecast', 'deadline', 'target', 'renewal', 'maturity', 'eta', 'expected', 'estimated', 'appointment', 'end', 'departure', 'arrival', 'event', 'booking', 'reservation', 'checkin', 'checkout', 'faellig', 'fallig', 'ablauf', 'geplant', 'echeance', 'vencimiento', 'scadenza']); // prettier-ignore
const LATEST_YEAR = 2200;

export const datesInFuture: Detector = {
  codes: ['dates_in_future'],
  detect: ({ columns, endOfToday, rows }) =>
    columns.flatMap((column): Finding[] => {
      if (column.isDropped || column.isTarget) return [];
      const isYear = isYearColumn(column);
      if (column.kind !== 'times' && !isYear) return [];
      const today = isYear ? new Date(endOfToday).getUTCFullYear() : endOfToday;
      const isFuture = (row: number): boolean => (column.numbers[row] ?? NaN) > today;
      const { sorted } = column;
      const count = sorted.length - (sorted.findLastIndex((value) => value <= today) + 1);
      if (count === 0) return [];
      const latest = sorted.at(-1) ?? NaN;
      const isMeant =
        count > MEANT_SHARE * sorted.length ||
        mainWords(column.name).some((word) => aheadWords.has(word));
      const shown = isYear ? String(latest) : new Date(latest).toISOString().slice(0, 10);
      const isPlausible = isYear ? latest < LATEST_YEAR : latest < Date.UTC(LATEST_YEAR, 0, 1);
      return [
        {
          code: 'dates_in_future',
          severity: isMeant && isPlausible ? 'note' : 'warning',
          columns: [column.name],
          message: `Column "${column.name}" lies in the future in ${counted(count, 'row')} (${percent(count, sorted.length)}), at the latest ${shown}.`,
          why: 'What has not happened yet cannot have been recorded: such a date was typed wrong, or stands for "none".',
          count,
          rows: firstRows(rows, isFuture),
          remedies: rowsAsMissing(column, isFuture, rows, 'future dates'),
        },
      ];
    }),
};
