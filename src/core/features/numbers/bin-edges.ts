import { quantile } from '../statistics.ts';

/**
 * Bounds between bins, as scikit-learn's KBinsDiscretizer has them (of `quantile` with the method `linear`), without the
 * outer two. Equal quantiles are one; of a column with a single value there is one bin.
 * @param sorted training values, rising
 */
export function binEdges(sorted: Float64Array, bins: number, isUniform: boolean): number[] {
  const [low, high] = [sorted[0] ?? 0, sorted[sorted.length - 1] ?? 0];
  if (low === high) return [];
  const edges: number[] = [];
  const step = (high - low) / bins;
  for (let i = 0; i <= bins; i += 1) {
    const even = i === bins ? high : low + i * step;
    const edge = isUniform ? even : quantile(sorted, (i * (100 / bins)) / 100);
    if (edge > (edges[edges.length - 1] ?? -Infinity)) edges.push(edge);
  }
  return edges.slice(1, -1);
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
