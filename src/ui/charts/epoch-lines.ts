import { extent, line, scaleLinear } from 'd3';
import type { ChartTable } from './chart-table.ts';
import type { CurveScales } from './learning-curve.ts';
import { numberText } from './number-text.ts';
import { thinLine, type PixelPoint } from './thin-line.ts';

/** One candidate's figure, epoch by epoch. */
export interface EpochLine {
  readonly name: string;
  readonly colour: string;
  readonly points: readonly { readonly epoch: number; readonly value: number }[];
}

/** @param size of the plot area in pixels */
export function epochScales(
  lines: readonly EpochLine[],
  size: { readonly width: number; readonly height: number },
): CurveScales {
  const points = lines.flatMap((one) => one.points);
  const last = Math.max(2, ...points.map(({ epoch }) => epoch));
  const [low = 0, high = 1] = extent(points.map(({ value }) => value));
  const air = low === high ? Math.abs(low) / 10 || 1 : 0;
  return {
    x: scaleLinear().domain([1, last]).range([0, size.width]),
    y: scaleLinear()
      .domain([low - air, high + air])
      .nice(4)
      .range([size.height, 0]),
  };
}

/** The path of a line, thinned to the pixels there are, and where it ends. */
export function epochPath(
  { points }: EpochLine,
  { x, y }: CurveScales,
): { readonly d: string; readonly end: PixelPoint | null } {
  const pixels = points.map(({ epoch, value }) => ({ x: x(epoch), y: y(value) }));
  const draw = line<PixelPoint>(
    (point) => point.x,
    (point) => point.y,
  ).digits(1);
  return { d: draw(thinLine(pixels)) ?? '', end: pixels.at(-1) ?? null };
}

/** Where each line stands, in words. */
export function epochSummary(lines: readonly EpochLine[]): string {
  return lines
    .map(({ name, points }) => {
      const end = points.at(-1);
      return end === undefined ? '' : `${name}: ${numberText(end.value)} at epoch ${end.epoch}`;
    })
    .join('; ');
}

export function epochTable(lines: readonly EpochLine[], measure: string): ChartTable {
  return {
    columns: [
      { title: 'candidate', numeric: false },
      { title: 'epoch', numeric: true },
      { title: measure, numeric: true },
    ],
    rows: lines.flatMap(({ name, points }) =>
      points.map(({ epoch, value }) => [name, epoch, value]),
    ),
  };
}
