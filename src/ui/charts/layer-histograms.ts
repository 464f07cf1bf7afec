import type { Histogram } from '#core/data/profile/profile.ts';
import type { ChartTable } from './chart-table.ts';
import { numberText } from './number-text.ts';

/** A layer with two histograms; null where it has nothing of the kind. */
export interface LayerHistograms {
  readonly name: string;
  readonly weights: Histogram | null;
  readonly activations: Histogram | null;
}

/** From where to where the bars reach: `−0.31 to 0.4`. */
export function reachText({ edges }: Histogram): string {
  const [low = 0, high = 0] = [edges[0], edges.at(-1)];
  return low === high ? `all ${numberText(low)}` : `${numberText(low)} to ${numberText(high)}`;
}

/** What there is to see, in words. */
export function layersSummary(layers: readonly LayerHistograms[]): string {
  return layers
    .map(({ name, weights, activations }) => {
      const said = [
        weights === null ? '' : `weights ${reachText(weights)}`,
        activations === null ? '' : `activations ${reachText(activations)}`,
      ].filter((text) => text !== '');
      return `${name}: ${said.join(', ')}`;
    })
    .join('; ');
}

export function layersTable(layers: readonly LayerHistograms[]): ChartTable {
  const rowsOf = (name: string, of: string, histogram: Histogram | null) =>
    (histogram?.counts ?? []).map((count, i) => [
      name,
      of,
      histogram?.edges[i] ?? null,
      histogram?.edges[i + 1] ?? null,
      count,
    ]);
  return {
    columns: [
      { title: 'layer', numeric: false },
      { title: 'of', numeric: false },
      { title: 'from', numeric: true },
      { title: 'to', numeric: true },
      { title: 'numbers', numeric: true },
    ],
    rows: layers.flatMap(({ name, weights, activations }) => [
      ...rowsOf(name, 'weights', weights),
      ...rowsOf(name, 'activations', activations),
    ]),
  };
}
