import { scaleLinear, scaleUtc } from 'd3';
import type { Histogram } from '#core/data/profile/profile.ts';
import type { ChartTable } from './chart-table.ts';
import { numberText } from './number-text.ts';
import { tickText, type Tick } from './ticks.ts';

/** Bars of a histogram as one path in a box. */
export function histogramPath(
  { counts }: Histogram,
  box: { readonly width: number; readonly height: number; readonly gap: number },
): string {
  const highest = Math.max(1, ...counts);
  const step = box.width / counts.length;
  const wide = Math.max(step * 0.5, step - box.gap);
  return counts
    .map((count, i) => {
      if (count === 0) return '';
      // One row among millions is still to be seen.
      const high = Math.max(1, (count / highest) * box.height);
      const x = i * step + (step - wide) / 2;
      return `M${round(x)} ${box.height}v${round(-high)}h${round(wide)}v${round(high)}z`;
    })
    .join('');
}

/** Ticks along the edges: in the middle of its bar where a bar is one whole number. */
export function histogramTicks(
  { edges, unit, counts }: Histogram,
  options: { readonly width: number; readonly times: boolean },
): Tick[] {
  const low = edges[0] ?? 0;
  const high = edges[edges.length - 1] ?? 1;
  const many = Math.max(2, Math.floor(options.width / 90));
  if (low === high) return [{ at: options.width / 2, text: edgeText(low, options.times) }];
  if (!Number.isFinite(high - low)) {
    // No scale has numbers for a range so wide.
    return [
      { at: 0, text: numberText(low) },
      { at: options.width, text: numberText(high) },
    ];
  }
  if (options.times) {
    const scale = scaleUtc().domain([low, high]).range([0, options.width]);
    const text = scale.tickFormat(many);
    return scale.ticks(many).map((time) => ({ at: scale(time), text: text(time) }));
  }
  const scale = scaleLinear().domain([low, high]).range([0, options.width]);
  const shift = unit ? options.width / counts.length / 2 : 0;
  const text = tickText(scale, many);
  return scale
    .ticks(many)
    .filter((value) => !unit || (Number.isInteger(value) && value < high))
    .map((value) => ({ at: scale(value) + shift, text: text(value) }));
}

export function histogramTable(histogram: Histogram, times: boolean): ChartTable {
  const { edges, counts, unit } = histogram;
  const cell = (edge: number | undefined): string | number =>
    times ? edgeText(edge ?? 0, true) : (edge ?? 0);
  return {
    columns: unit
      ? [
          { title: 'value', numeric: true },
          { title: 'rows', numeric: true },
        ]
      : [
          { title: 'from', numeric: !times },
          { title: 'to', numeric: !times },
          { title: 'rows', numeric: true },
        ],
    rows: counts.map((count, i) =>
      unit ? [cell(edges[i]), count] : [cell(edges[i]), cell(edges[i + 1]), count],
    ),
  };
}

/** A time in ISO 8601 without the digits that say nothing. */
export function edgeText(edge: number, times: boolean): string {
  if (!times) return String(edge);
  return new Date(edge).toISOString().replace(/(T00:00)?(:00)?\.000Z$/, '');
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
