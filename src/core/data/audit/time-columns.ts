import type { AuditColumn } from './audit-column.ts';
import { mainWords } from '../header-words.ts';

const yearWords = new Set([
  'year',
  'yr',
  'jahr',
  'annee',
  'an',
  'ano',
  'anno',
  'jaar',
  'rok',
  'ar',
]);
const stepWords = new Set(['time', 'timestamp', 'ts', 't', 'epoch', 'period', 'week', 'month', 'day', 'date', 'step', 'tick', 'zeit']); // prettier-ignore
/** Beside a word for time they make an amount of it: `hours_per_week`, `study time`, `time_spent`. */
const amountWords = new Set([
  ...['per', 'each', 'every', 'spent', 'taken', 'elapsed', 'duration', 'total', 'average', 'avg', 'mean', 'free'],
  ...['study', 'reaction', 'response', 'waiting', 'wait', 'travel', 'commute', 'screen', 'sleep', 'work', 'working', 'cycle'],
]); // prettier-ignore
const FIRST_YEAR = 1000;
const LAST_YEAR = 9999;

/** A column of whole years: its name says so, and its numbers have four digits. */
export function isYearColumn({ kind, name, schema, sorted }: AuditColumn): boolean {
  if (kind !== 'numbers' || !schema.integer || sorted.length === 0) return false;
  const isNamed = mainWords(name).some((word) => yearWords.has(word));
  return (
    isNamed &&
    (sorted[Math.floor(sorted.length / 20)] ?? 0) >= FIRST_YEAR &&
    (sorted[Math.floor(sorted.length / 2)] ?? 0) <= LAST_YEAR
  );
}

/** Dates, years, and numbers that a name calls times, and not an amount of time. */
export function isTimeColumn(column: AuditColumn): boolean {
  if (column.kind === 'times') return true;
  if (column.kind !== 'numbers') return false;
  if (isYearColumn(column)) return true;
  const words = mainWords(column.name);
  return words.some((word) => stepWords.has(word)) && !words.some((word) => amountWords.has(word));
}
