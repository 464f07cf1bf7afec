import { countText } from '#ui/format.ts';
import { numberText } from './number-text.ts';

/** The readable table behind a chart: the same numbers that it draws. */
export interface ChartTable {
  readonly columns: readonly { readonly title: string; readonly numeric: boolean }[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** A cell as it is read on the page; whole numbers keep every digit that they have. */
export function cellText(cell: string | number | null): string {
  if (cell === null) return '–';
  if (typeof cell === 'string') return cell;
  // Past 2^53 most digits are of the way in which numbers are stored.
  if (!Number.isSafeInteger(cell)) return numberText(cell);
  // Four digits stand together: a number may be a year.
  return Math.abs(cell) < 10_000 ? String(cell) : countText(cell);
}

/** The table as RFC 4180 CSV with a header row; null becomes an empty field, numbers keep every digit. */
export function chartTableCsv(table: ChartTable): string {
  const header = table.columns.map((column) => column.title);
  return [header, ...table.rows]
    .map((row) => row.map((cell) => field(cell === null ? '' : String(cell))).join(','))
    .join('\r\n')
    .concat('\r\n');
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A file name out of a chart's title: lower case, words joined by hyphens. */
export function chartFileName(title: string, ending: 'csv' | 'svg'): string {
  const words = title.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? ['chart'];
  return `${words.join('-')}.${ending}`;
}
