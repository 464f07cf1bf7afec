import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { isoDate, writtenDate } from '#core/data/parse-date.ts';
import { runPython } from './python.ts';

const years = Array.from({ length: 9999 }, (_, i) => String(i + 1).padStart(4, '0'));
/** Where years begin and end, and what is no week or day of some or of any. */
const weeks = [
  'W00-1',
  'W01-1',
  'W01-7',
  'W09-4',
  'W52',
  'W52-7',
  'W53',
  'W53-1',
  'W53-7',
  'W54-1',
];
const days = ['000', '001', '059', '060', '061', '365', '366', '367'];
const everyDay = Array.from({ length: 53 }, (_, week) =>
  [1, 2, 3, 4, 5, 6, 7].map((day) => `W${String(week + 1).padStart(2, '0')}-${day}`),
).flat();
const texts = [
  ...years.flatMap((year) => [...weeks, ...days].map((rest) => `${year}-${rest}`)),
  ...years.slice(1990, 2030).flatMap((year) => everyDay.map((rest) => `${year}-${rest}`)),
];

it('weeks and days of every year are those of Python’s calendar, with hyphens and without', async () => {
  const script = fileURLToPath(new URL('week_dates.py', import.meta.url));
  const answer = await runPython(script, { input: JSON.stringify(texts) });
  const theirs = JSON.parse(answer) as (string | null)[];
  const ours = texts.map(iso);
  expect(ours.filter((date) => date !== null).length).toBeGreaterThan(100_000);
  expect(ours).toEqual(theirs);
  const compact = texts.filter((text) => text.includes('W'));
  expect(compact.map((text) => iso(text.replaceAll('-', '')))).toEqual(compact.map(iso));
}, 30_000);

function iso(text: string): string | null {
  const date = writtenDate(text);
  return date === null ? null : isoDate(date, 'month_first');
}
