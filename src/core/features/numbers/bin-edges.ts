import { quantile } from '../statistics.ts';
import { kMeansCentres } from './k-means.ts';

export const binStrategies = ['quantile', 'uniform', 'kmeans'] as const;
export type BinStrategy = (typeof binStrategies)[number];

/**
 * Bounds between bins, as scikit-learn's KBinsDiscretizer has them (of `quantile` with the method `linear`), without the
 * outer two. Equal quantiles are one; of a column with a single value there is one bin.
 * @param sorted training values, rising
 */
export function binEdges(sorted: Float64Array, bins: number, strategy: BinStrategy): number[] {
  const [low, high] = [sorted[0] ?? 0, sorted[sorted.length - 1] ?? 0];
  if (low === high) return [];
  const edges: number[] = [];
  for (const edge of [low, ...innerEdges(sorted, bins, strategy), high]) {
    if (edge > (edges[edges.length - 1] ?? -Infinity)) edges.push(edge);
  }
  return edges.slice(1, -1);
}

function innerEdges(sorted: Float64Array, bins: number, strategy: BinStrategy): number[] {
  const places = Array.from({ length: bins - 1 }, (_, i) => i + 1);
  if (strategy === 'kmeans') {
    const centres = kMeansCentres(sorted, bins);
    return places.map((i) => ((centres[i - 1] ?? 0) + (centres[i] ?? 0)) * 0.5);
  }
  if (strategy === 'quantile') return places.map((i) => quantile(sorted, (i * (100 / bins)) / 100));
  const [low, high] = [sorted[0] ?? 0, sorted[sorted.length - 1] ?? 0];
  return places.map((i) => low + i * ((high - low) / bins));
}

/** What a person reads of each bin: `< 3`, `from 3 to 5`, `≥ 5`. */
export function binNames(bounds: readonly number[]): string[] {
  const texts = bounds.map((bound) => shortest(bound, bounds));
  if (texts.length === 0) return ['present'];
  return [
    `< ${texts[0] ?? ''}`,
    ...texts.slice(1).map((text, i) => `from ${texts[i] ?? ''} to ${text}`),
    `≥ ${texts[texts.length - 1] ?? ''}`,
  ];
}

/** As few digits as tell the bounds apart. */
function shortest(bound: number, all: readonly number[]): string {
  for (let digits = 4; digits < 17; digits += 1) {
    const texts = new Set(all.map((one) => one.toPrecision(digits)));
    if (texts.size === all.length) return String(Number(bound.toPrecision(digits)));
  }
  return String(bound);
}
