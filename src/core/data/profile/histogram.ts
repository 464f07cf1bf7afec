import { pow } from '#core/math.ts';
import type { Histogram } from './profile.ts';
import { between } from './quantiles.ts';

const MAX_BINS = 40;

/** Whole numbers below this have their neighbours as numbers too. */
const UNIT_LIMIT = Number.MAX_SAFE_INTEGER / 2;

/**
 * Histogram of at least one finite number, in ascending order. Whole numbers within a range of 40 have
 * a bin each; others the bins of NumPy's `auto` rule, at most 40: as many as Freedman and Diaconis (1981)
 * want, but no more than 2 √n and no fewer than Sturges (1926) wants.
 */
export function histogramOf(sorted: Float64Array): Histogram {
  const low = sorted[0] ?? NaN;
  const high = sorted[sorted.length - 1] ?? NaN;
  if (low === high) {
    return { edges: [low, high], counts: [sorted.length], unit: Number.isInteger(low) };
  }
  const unit = fitsUnitBins(sorted, low, high);
  const edges = unit
    ? Array.from({ length: high - low + 2 }, (_, i) => low + i)
    : equalEdges(low, high, binCount(sorted, low, high));
  return { edges, counts: countsBetween(sorted, edges), unit };
}

function fitsUnitBins(sorted: Float64Array, low: number, high: number): boolean {
  const near = high - low < MAX_BINS && Math.max(-low, high) < UNIT_LIMIT;
  return near && sorted.every((value) => Number.isInteger(value));
}

function binCount(sorted: Float64Array, low: number, high: number): number {
  const n = sorted.length;
  const sturges = 1 + (32 - Math.clz32(n - 1));
  // Halved, since a range of huge numbers overflows.
  const factor = Number.isFinite(high - low) ? 1 : 0.5;
  const spread = quartile(sorted, 0.75) * factor - quartile(sorted, 0.25) * factor;
  const freedman = (high * factor - low * factor) / (2 * spread * pow(n, -1 / 3));
  return Math.min(MAX_BINS, Math.max(sturges, Math.ceil(Math.min(freedman, 2 * Math.sqrt(n)))));
}

function quartile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const rank = Math.floor(position);
  const next = Math.min(rank + 1, sorted.length - 1);
  return between(sorted[rank] ?? NaN, sorted[next] ?? NaN, position - rank);
}

/** Equally wide, from low to high; fewer where neighbouring edges would be the same number. */
function equalEdges(low: number, high: number, bins: number): number[] {
  const edges = Array.from({ length: bins + 1 }, (_, i) => between(low, high, i / bins));
  return edges.filter((edge, i) => i === 0 || edge > (edges[i - 1] ?? NaN));
}

function countsBetween(sorted: Float64Array, edges: readonly number[]): number[] {
  const ranks = edges.map((edge) => firstAtLeast(sorted, edge));
  ranks[ranks.length - 1] = sorted.length;
  return ranks.slice(1).map((rank, i) => rank - (ranks[i] ?? 0));
}

/** The first rank whose value is at least `edge`. */
function firstAtLeast(sorted: Float64Array, edge: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? NaN) < edge) low = middle + 1;
    else high = middle;
  }
  return low;
}
