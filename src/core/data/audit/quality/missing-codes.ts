import type { AuditColumn } from '../audit-column.ts';
import { spikesOf, type Spikes } from './spikes.ts';

/** Numbers that stand for "missing" in statistics packages, surveys, sensors and file formats. */
const negative = new Set([
  ...[-9, -99, -999, -9999, -99999, -999999, -8, -88, -888, -8888, -7, -77, -777],
  ...[-99.9, -999.9, -9.99, -99.99, -999.99, -32768, -2147483648, -1e20, -1e30, -9999999],
]); // prettier-ignore
const positive = new Set([
  ...[9, 99, 999, 9999, 99999, 999999, 9999999, 99999999, 999999999, 88, 888, 8888, 77, 777, 7777],
  ...[98, 97, 998, 997, 9998, 9997, 99.9, 999.9, 9.99, 99.99, 999.99, 9999.99, 32767, 65535, 2147483647, 4294967295],
  ...[1e20, 1e30, 1e36, 9.96921e36, 9.969209968386869e36],
]); // prettier-ignore
/** A column needs so many other values to tell what is usual in it. */
const MIN_OTHER_ROWS = 10;
const MIN_OTHER_VALUES = 2;
/** And so many where -1 or 0, which are numbers like others, are to be told from them. */
const MANY_OTHER_VALUES = 10;
/** A code stands apart: this share of the others' range away from them … */
const GAP_SHARE = 0.5;
/** … or nearer, when it is so many times as frequent as the values beside it, and stands three times at least. */
const SPIKE = 3;
const SPIKE_ROWS = 3;
/** Inside the range only a value that dwarfs the usual count of a value can be a code. */
const INNER_SPIKE = 20;
const INNER_ROWS = 10;

export interface MissingCode {
  readonly value: number;
  readonly count: number;
  /** Whether little else can be meant; a hint where the values could be true. */
  readonly isClear: boolean;
}

/** Numbers of a column that seem to mean "missing". */
export function missingCodesOf(column: AuditColumn): readonly MissingCode[] {
  if (column.kind !== 'numbers' || column.isTarget) return [];
  const spikes = spikesOf(column);
  let low = 0;
  let high = spikes.values.length - 1;
  while (low < high && (negative.has(at(spikes, low)) || at(spikes, low) === -1)) low += 1;
  while (high > low && positive.has(at(spikes, high))) high -= 1;
  const others = {
    values: spikes.values.slice(low, high + 1),
    counts: spikes.counts.slice(low, high + 1),
  };
  const rows = others.counts.reduce((sum, count) => sum + count, 0);
  if (rows < MIN_OTHER_ROWS || others.values.length < MIN_OTHER_VALUES) return [];
  const codes: MissingCode[] = [];
  for (let i = 0; i < spikes.values.length; i += 1) {
    const value = at(spikes, i);
    const count = spikes.counts[i] ?? 0;
    const isOutside = i < low || i > high;
    const isClear = isOutside ? standsApart(value, count, others) : false;
    const isHint = isOutside
      ? value === -1 && isMinusOneFrequent(count, others)
      : isZeroApart(value, count, others) || isInnerSpike(value, count, others);
    if (isClear || isHint) codes.push({ value, count, isClear });
  }
  return codes;
}

function standsApart(value: number, count: number, others: Spikes): boolean {
  const min = at(others, 0);
  const max = at(others, others.values.length - 1);
  const range = max - min;
  const gap = value < min ? min - value : value - max;
  if (value === -1) return isMinusOneApart(count, others);
  if (value < 0) return (min >= 0 && (count > 1 || value < -9)) || (gap >= range && count > 1);
  const isRoomy = gap >= GAP_SHARE * range && (count > 1 || gap >= 2 * range);
  const beside = others.counts.slice(-10);
  const usual = beside.reduce((sum, one) => sum + one, 0) / beside.length;
  const spacing =
    (max - at(others, others.values.length - beside.length)) / Math.max(1, beside.length - 1);
  const isSpike = count >= SPIKE_ROWS && count >= SPIKE * usual && gap >= 3 * Math.min(spacing, 1);
  return (isRoomy && (value > 9 || gap >= range)) || isSpike;
}

/** −1 in a column that has no other negative number: far from the others, or more frequent than the lowest. */
function isMinusOneApart(count: number, others: Spikes): boolean {
  const min = at(others, 0);
  if (min < 0 || count < 2 || others.values.length < MANY_OTHER_VALUES) return false;
  return min >= 2 || (count >= SPIKE_ROWS && count >= 1.5 * (others.counts[0] ?? 0));
}

/** As frequent as the lowest counts are, where a tail would have run out. */
function isMinusOneFrequent(count: number, others: Spikes): boolean {
  const lowest = others.counts.slice(0, 3);
  const usual = lowest.reduce((sum, one) => sum + one, 0) / lowest.length;
  return (
    at(others, 0) >= 0 &&
    others.values.length >= MIN_OTHER_ROWS / 2 &&
    count >= SPIKE_ROWS &&
    count >= 0.3 * usual
  );
}

/** 0 where all other values are positive and no value comes near it, as in a blood pressure. */
function isZeroApart(value: number, count: number, { values, counts }: Spikes): boolean {
  const next = values[1] ?? NaN;
  if (value !== 0 || values[0] !== 0 || count < 2 || values.length < MANY_OTHER_VALUES)
    return false;
  const rest = counts.slice(1);
  const half = rest.reduce((sum, one) => sum + one, 0);
  const quartile = (share: number): number => {
    let below = 0;
    const i = rest.findIndex((one) => (below += one) >= share * half);
    return values[i + 1] ?? NaN;
  };
  const nearby = Math.min(10, values.length - 1);
  const spacing = ((values[nearby] ?? NaN) - next) / Math.max(1, nearby - 1);
  const lowest = counts.slice(1, 1 + nearby);
  const usual = lowest.reduce((sum, one) => sum + one, 0) / lowest.length;
  const range = quartile(0.75) - quartile(0.25);
  return (
    (next >= 0.4 * range && next >= 3 * spacing && count >= SPIKE * usual) ||
    (next >= range && next >= 3 * spacing)
  );
}

/** A long run of nines (999, 9999, …) amid values that hardly ever come twice. */
function isInnerSpike(value: number, count: number, { counts }: Spikes): boolean {
  if (!/^-?9{3,}$/.test(String(value)) || count < INNER_ROWS) return false;
  const middle = counts.slice().sort((a, b) => a - b)[counts.length >> 1] ?? 1;
  return count >= INNER_SPIKE * middle;
}

function at({ values }: Spikes, i: number): number {
  return values[i] ?? NaN;
}
