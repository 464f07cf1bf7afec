import { extent, line, scaleLinear, scaleUtc } from 'd3';
import { isoMilliseconds } from '#core/data/iso-time.ts';
import type { ChartTable } from './chart-table.ts';
import { numberText } from './number-text.ts';
import { thinLine, type PixelPoint } from './thin-line.ts';
import { ticksOf, type Tick } from './ticks.ts';

/** One held-out row of a forecast, in the target's unit. */
export interface ForecastPoint {
  /** A date in ISO 8601, or a number. */
  readonly time: string;
  readonly actual: number;
  readonly predicted: number;
}

export interface ForecastPlot {
  readonly actual: string;
  readonly predicted: string;
  readonly x: (point: ForecastPoint) => number;
  readonly y: (value: number) => number;
  readonly ticks: { readonly x: readonly Tick[]; readonly y: readonly Tick[] };
}

/** From the earliest to the latest. */
export function inTime(points: readonly ForecastPoint[]): readonly ForecastPoint[] {
  return points.toSorted((a, b) => placeOf(a.time) - placeOf(b.time));
}

/** Both lines over time. @param points in the order of their times */
export function forecastPlot(
  points: readonly ForecastPoint[],
  width: number,
  height: number,
): ForecastPlot {
  const [low = 0, high = 1] = extent(
    points.flatMap(({ actual, predicted }) => [actual, predicted]),
  );
  const y = scaleLinear().domain([low, high]).nice(5).range([height, 0]);
  const times = points.map(({ time }) => placeOf(time));
  const [from = 0, to = 1] = extent(times);
  const count = Math.max(2, Math.floor(width / 90));
  const isDates = points.some(({ time }) => !Number.isNaN(isoMilliseconds(time)));
  const dates = scaleUtc().domain([from, to]).range([0, width]);
  const numbers = scaleLinear().domain([from, to]).range([0, width]);
  const label = dates.tickFormat(count);
  const x = (point: ForecastPoint): number => numbers(placeOf(point.time));
  const draw = line<PixelPoint>(
    (point) => point.x,
    (point) => point.y,
  ).digits(1);
  const path = (valueOf: (point: ForecastPoint) => number): string =>
    draw(thinLine(points.map((point) => ({ x: x(point), y: y(valueOf(point)) })))) ?? '';
  return {
    actual: path(({ actual }) => actual),
    predicted: path(({ predicted }) => predicted),
    x,
    y,
    ticks: {
      x: isDates
        ? dates.ticks(count).map((time) => ({ at: dates(time), text: label(time) }))
        : ticksOf(numbers, count),
      y: ticksOf(y, 5),
    },
  };
}

export function forecastReading(point: ForecastPoint | undefined): string {
  if (point === undefined) return '';
  return `${point.time}: actual ${numberText(point.actual)}, forecast ${numberText(point.predicted)}`;
}

export function forecastTable(points: readonly ForecastPoint[]): ChartTable {
  return {
    columns: [
      { title: 'time', numeric: false },
      { title: 'actual', numeric: true },
      { title: 'forecast', numeric: true },
    ],
    rows: points.map(({ time, actual, predicted }) => [time, actual, predicted]),
  };
}

function placeOf(time: string): number {
  const date = isoMilliseconds(time);
  return Number.isNaN(date) ? Number(time) : date;
}
