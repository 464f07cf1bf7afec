import { RandomStream } from '#core/random.ts';

/** What the generators draw with: everything from one seed, so that a table is the same every time. */
const SEED = 20_260_615;
const MS_PER_DAY = 86_400_000;

export type Texts = readonly string[];

export function randomFor(name: string): RandomStream {
  return new RandomStream(SEED).fork(name);
}

/** One cell per row, `cell` called with the row's index from 0. */
export function column(rows: number, cell: (row: number) => string | number): string[] {
  return Array.from({ length: rows }, (_, row) => String(cell(row)));
}

export function pick<T>(random: RandomStream, items: readonly T[]): T {
  const item = items[random.integer(items.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

/** A key of `shares`, each as often as its share says; the shares sum to 1. */
export function weighted(random: RandomStream, shares: Readonly<Record<string, number>>): string {
  let left = random.uniform();
  for (const [key, share] of Object.entries(shares)) {
    left -= share;
    if (left < 0) return key;
  }
  return Object.keys(shares).at(-1) ?? '';
}

export function chance(random: RandomStream, share: number): boolean {
  return random.uniform() < share;
}

/** An integer from `low` to `high`, both included. */
export function between(random: RandomStream, low: number, high: number): number {
  return low + random.integer(high - low + 1);
}

export function normal(random: RandomStream, mean: number, deviation: number): number {
  return mean + deviation * random.normal();
}

export function digits(random: RandomStream, count: number): string {
  return Array.from({ length: count }, () => random.integer(10)).join('');
}

export function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/** `count` different rows, as indices from 0 in rising order. */
export function someRows(random: RandomStream, rows: number, count: number): number[] {
  const all = Array.from({ length: rows }, (_, row) => row);
  return random
    .shuffle(all)
    .slice(0, count)
    .sort((a, b) => a - b);
}

/** A copy of the cells with those of the given rows (from 0) changed. */
export function changed(
  cells: Texts,
  rows: readonly number[],
  change: (text: string, row: number) => string | number,
): string[] {
  const copy = [...cells];
  for (const row of rows) copy[row] = String(change(copy[row] ?? '', row));
  return copy;
}

/** Rows as people and findings count them, from 1. */
export function fromOne(rows: readonly number[]): number[] {
  return rows.map((row) => row + 1);
}

/** The indices (from 0) of the cells that hold one of these texts. */
export function rowsWith(cells: Texts, ...texts: readonly string[]): number[] {
  return [...cells.keys()].filter((row) => texts.includes(cells[row] ?? ''));
}

/** `2024-03-01` moved by a number of days. */
export function isoDate(start: string, days: number): string {
  return new Date(Date.parse(start) + Math.floor(days) * MS_PER_DAY).toISOString().slice(0, 10);
}

/** `2024-03-01 14:00`: a start moved by a number of hours. */
export function isoHour(start: string, hours: number): string {
  const moment = new Date(Date.parse(start) + hours * 3_600_000);
  return moment.toISOString().slice(0, 16).replace('T', ' ');
}

/** An ISO date as day, month, year: `01.03.2024`. */
export function dayFirst(iso: string, separator = '.'): string {
  return iso.split('-').reverse().join(separator);
}

/** An ISO date as in the United States: `03/01/2024`. */
export function monthFirst(iso: string): string {
  const [year, month, day] = iso.split('-');
  return [month, day, year].join('/');
}
