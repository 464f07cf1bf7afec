import { safeScale } from './moments.ts';

/** A numeric column made ready to be correlated with others. NaN is missing. */
export interface Correlated {
  readonly values: Float64Array;
  /** Rows in ascending order of their values, those with a missing one left out. */
  readonly order: Int32Array;
  /** Values and ranks, centred and of length 1; null where one is missing or all are equal. */
  readonly unit: Float64Array | null;
  readonly unitRanks: Float64Array | null;
}

export function correlated(values: Float64Array): Correlated {
  const present = Int32Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]));
  const order = present.sort((a, b) => compared(values[a] ?? 0, values[b] ?? 0));
  if (order.length < values.length) return { values, order, unit: null, unitRanks: null };
  return { values, order, unit: unitVector(values), unitRanks: unitVector(ranksOf(values, order)) };
}

/** Not their difference, which overflows. */
function compared(a: number, b: number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * Pearson's r over the rows where both columns hold a value.
 * @returns null under two such rows, or where one column is constant over them
 */
export function pearson(a: Correlated, b: Correlated): number | null {
  if (a.unit !== null && b.unit !== null) return within(dot(a.unit, b.unit));
  return correlation(a.values, b.values);
}

/** Spearman's ρ over the rows where both hold a value: Pearson's r of their ranks, ties sharing the mean rank. */
export function spearman(a: Correlated, b: Correlated): number | null {
  if (a.unitRanks !== null && b.unitRanks !== null) return within(dot(a.unitRanks, b.unitRanks));
  return correlation(ranksOf(a.values, a.order, b.values), ranksOf(b.values, b.order, a.values));
}

/**
 * Ranks from 1 among the rows where `other` holds a value too, ties sharing their mean; NaN for other rows.
 * @param order the rows to rank, ascending by their values
 */
export function ranksOf(
  values: Float64Array,
  order: Int32Array,
  other: Float64Array = values,
): Float64Array {
  const ranks = new Float64Array(values.length).fill(NaN);
  let before = 0;
  for (let from = 0; from < order.length;) {
    const value = values[order[from] ?? 0];
    let to = from;
    let tied = 0;
    for (; to < order.length && values[order[to] ?? 0] === value; to += 1) {
      if (!Number.isNaN(other[order[to] ?? 0])) tied += 1;
    }
    for (let i = from; i < to; i += 1) {
      const row = order[i] ?? 0;
      if (!Number.isNaN(other[row])) ranks[row] = before + (tied + 1) / 2;
    }
    before += tied;
    from = to;
  }
  return ranks;
}

/**
 * Pearson's r over the rows where neither is NaN, by the corrected two-pass algorithm. What these rows hold is scaled, and
 * not the columns: of one with huge numbers only tiny ones may be left.
 */
function correlation(a: Float64Array, b: Float64Array): number | null {
  let rows = 0;
  let [lowA, highA, lowB, highB] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let row = 0; row < a.length; row += 1) {
    const x = a[row] ?? NaN;
    const y = b[row] ?? NaN;
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    rows += 1;
    if (x < lowA) lowA = x;
    if (x > highA) highA = x;
    if (y < lowB) lowB = y;
    if (y > highB) highB = y;
  }
  if (!(lowA < highA) || !(lowB < highB)) return null;
  const scaleA = safeScale(Math.max(-lowA, highA));
  const scaleB = safeScale(Math.max(-lowB, highB));
  let [sumA, sumB] = [0, 0];
  for (let row = 0; row < a.length; row += 1) {
    const x = a[row] ?? NaN;
    const y = b[row] ?? NaN;
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    sumA += x * scaleA;
    sumB += y * scaleB;
  }
  const meanA = sumA / rows;
  const meanB = sumB / rows;
  let [restA, restB, squaresA, squaresB, products] = [0, 0, 0, 0, 0];
  for (let row = 0; row < a.length; row += 1) {
    const x = (a[row] ?? NaN) * scaleA - meanA;
    const y = (b[row] ?? NaN) * scaleB - meanB;
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    restA += x;
    restB += y;
    squaresA += x * x;
    squaresB += y * y;
    products += x * y;
  }
  const lengthA = Math.sqrt(squaresA - (restA * restA) / rows);
  const lengthB = Math.sqrt(squaresB - (restB * restB) / rows);
  return within((products - (restA * restB) / rows) / lengthA / lengthB);
}

/** The values less their mean, divided by their length; null where there are under two different ones. */
function unitVector(values: Float64Array): Float64Array | null {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!(low < high)) return null;
  const scale = safeScale(Math.max(-low, high));
  const scaled = values.map((value) => value * scale);
  const rough = sumOf(scaled) / scaled.length;
  const differences = scaled.map((value) => value - rough);
  const rest = sumOf(differences) / values.length;
  const centred = differences.map((difference) => difference - rest);
  const length = Math.sqrt(dot(centred, centred));
  return centred.map((value) => value / length);
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** Rounding can lead a hair past 1. */
function within(r: number): number {
  return Math.max(-1, Math.min(1, r));
}
