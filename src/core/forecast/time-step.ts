import type { TimeStep } from '#core/spec/forecast.ts';
import type { Timeline } from './timeline.ts';

const MS_PER_DAY = 86_400_000;
const units = [
  ['day', MS_PER_DAY],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
  ['millisecond', 1],
] as const;

/**
 * How far apart the rows of a series mostly are. Months, quarters and years of dates are whole months: they differ in
 * days. The smallest of equally frequent steps.
 */
export function stepOf(timeline: Timeline, isDates: boolean): TimeStep {
  const plain = { unit: isDates ? 'milliseconds' : 'units' } as const;
  const [size, count] = mostFrequent(timeline, (a, b) => b - a);
  if (!isDates) return { ...plain, size };
  const [months, alike] = mostFrequent(timeline, monthsBetween);
  return alike > count ? { unit: 'months', size: months } : { ...plain, size };
}

/** Places in a timeline that are not one step after the place before them in their series. */
export function irregularPlaces({ times, starts }: Timeline, step: TimeStep): readonly number[] {
  return Array.from(times.keys()).filter(
    (place) => starts[place] !== place && later(times[place - 1] ?? 0, step, 1) !== times[place],
  );
}

/** The time so many steps later. The end of a month stays one. */
export function later(time: number, { unit, size }: TimeStep, steps: number): number {
  return unit === 'months' ? monthsLater(time, size * steps) : time + size * steps;
}

/** For a sentence: `1 day`, `3 months`. */
export function stepText({ unit, size }: TimeStep): string {
  if (unit === 'units') return String(size);
  if (unit === 'months') return counted(size, 'month');
  const [name, length] = units.find(([, ms]) => size % ms === 0) ?? (['millisecond', 1] as const);
  return counted(size / length, name);
}

function counted(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

/** A later time as a column writes it whose last value is this: a day where that is a day, or ISO 8601 with a time. */
export function timeText(time: number, like: string): string {
  const iso = new Date(time).toISOString();
  if (like.length === 10 && time % MS_PER_DAY === 0) return iso.slice(0, 10);
  const seconds = iso.endsWith('.000Z') ? iso.slice(0, 19) : iso.slice(0, 23);
  return like.endsWith('Z') ? `${seconds}Z` : seconds;
}

/** The step that most neighbours in a series have, 0 where there are none, and how many have it. */
function mostFrequent(
  { times, starts }: Timeline,
  between: (earlier: number, later: number) => number | null,
): readonly [step: number, count: number] {
  const counts = new Map<number, number>();
  for (const [place, time] of times.entries()) {
    if (starts[place] === place) continue;
    const step = between(times[place - 1] ?? 0, time);
    if (step !== null) counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  return [...counts].sort(([a, n], [b, m]) => m - n || a - b)[0] ?? [0, 0];
}

/** Null where it is no whole number of months. */
function monthsBetween(earlier: number, time: number): number | null {
  const months = monthOf(time) - monthOf(earlier);
  return months > 0 && monthsLater(earlier, months) === time ? months : null;
}

/** Months since the year 0. */
function monthOf(time: number): number {
  const date = new Date(time);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function monthsLater(time: number, months: number): number {
  const date = new Date(time);
  const day = date.getUTCDate();
  const month = monthOf(time) + months;
  const isLast = day === lastDay(monthOf(time));
  const wanted = isLast ? lastDay(month) : Math.min(day, lastDay(month));
  return dayOf(month, wanted) + (((time % MS_PER_DAY) + MS_PER_DAY) % MS_PER_DAY);
}

function lastDay(month: number): number {
  return new Date(dayOf(month + 1, 1) - MS_PER_DAY).getUTCDate();
}

/** Not `Date.UTC`, which takes the years 0 to 99 for those after 1900. */
function dayOf(month: number, day: number): number {
  return new Date(0).setUTCFullYear(Math.floor(month / 12), month % 12, day);
}
