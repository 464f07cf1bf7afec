import { Delaunay, extent, scaleLinear, type ScaleLinear } from 'd3';
import type { ChartTable } from './chart-table.ts';
import { numberText } from './number-text.ts';

/** One held-out row, in the target's unit. */
export interface ResidualPoint {
  readonly actual: number;
  readonly predicted: number;
}

export interface ResidualPanel {
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  /** The line on which a perfect prediction lies, in pixels. */
  readonly perfect: readonly [number, number, number, number];
  readonly place: (point: ResidualPoint) => [number, number];
}

/** Near the largest number there is, differences of values and round ticks about them have none. */
const MOST_DRAWN = 1e300;

/** The unit that rows are drawn in: 1, or of values near the largest number there is a power of ten, such as 1e308. */
export function drawnUnit(points: readonly ResidualPoint[]): number {
  const largest = Math.max(
    ...points.map(({ actual, predicted }) => Math.max(Math.abs(actual), Math.abs(predicted))),
  );
  return largest > MOST_DRAWN ? Number(`1e${largest.toExponential().split('e+')[1] ?? '0'}`) : 1;
}

/** The same rows in another unit. */
export function pointsIn(points: readonly ResidualPoint[], unit: number): readonly ResidualPoint[] {
  if (unit === 1) return points;
  return points.map(({ actual, predicted }) => ({
    actual: actual / unit,
    predicted: predicted / unit,
  }));
}

/** Predicted against actual: both axes hold the same range, so that the diagonal is what is right. */
export function predictedPanel(points: readonly ResidualPoint[], side: number): ResidualPanel {
  const [low, high] = range(points.flatMap((point) => [point.actual, point.predicted]));
  const x = scaleLinear().domain([low, high]).nice(5).range([0, side]);
  const y = x.copy().range([side, 0]);
  return {
    x,
    y,
    perfect: [0, side, side, 0],
    place: (point) => [x(point.actual), y(point.predicted)],
  };
}

/** Residuals (actual − predicted) against predicted; zero is in the middle. */
export function residualPanel(
  points: readonly ResidualPoint[],
  width: number,
  height: number,
): ResidualPanel {
  const [low, high] = range(points.map((point) => point.predicted));
  const reach = Math.max(...points.map((point) => Math.abs(residual(point))), Number.MIN_VALUE);
  const x = scaleLinear().domain([low, high]).nice(5).range([0, width]);
  const y = scaleLinear().domain([-reach, reach]).nice(5).range([height, 0]);
  return {
    x,
    y,
    perfect: [0, y(0), width, y(0)],
    place: (point) => [x(point.predicted), y(residual(point))],
  };
}

export function residual(point: ResidualPoint): number {
  return point.actual - point.predicted;
}

/** All dots as one path of zero-length strokes: a thousand of them cost one element. */
export function dotsPath(points: readonly ResidualPoint[], panel: ResidualPanel): string {
  return points
    .map((point) => panel.place(point).map((pixel) => pixel.toFixed(1)))
    .map(([x, y]) => `M${x},${y}h0`)
    .join('');
}

/** Index of the point nearest to a place in the panel, in pixels; null where there is none. */
export function nearestPoint(
  points: readonly ResidualPoint[],
  panel: ResidualPanel,
  x: number,
  y: number,
): number | null {
  if (points.length === 0) return null;
  return Delaunay.from(points.map((point) => panel.place(point))).find(x, y);
}

export function residualReading(point: ResidualPoint | undefined): string {
  if (point === undefined) return '';
  const said = [point.actual, point.predicted, residual(point)].map(numberText);
  return `actual ${said[0]}, predicted ${said[1]}, residual ${said[2]}`;
}

export function residualTable(points: readonly ResidualPoint[], target: string): ChartTable {
  return {
    columns: [
      { title: `actual ${target}`, numeric: true },
      { title: `predicted ${target}`, numeric: true },
      { title: 'residual', numeric: true },
    ],
    rows: points.map((point) => [point.actual, point.predicted, residual(point)]),
  };
}

function range(values: readonly number[]): readonly [number, number] {
  const [low = 0, high = 1] = extent(values);
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}
