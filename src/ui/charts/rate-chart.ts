import { line, range, scaleLinear, scaleLog } from 'd3';
import type { ChartTable } from './chart-table.ts';
import type { CurveScales } from './learning-curve.ts';
import { numberText } from './number-text.ts';
import type { Tick } from './ticks.ts';

/** The loss of a training whose learning rate grows from step to step. */
export interface RateLine {
  readonly points: readonly {
    readonly rate: number;
    readonly loss: number;
    readonly smoothed: number;
  }[];
  /** Rates that stand out. */
  readonly marks: readonly RateMark[];
}

export interface RateMark {
  readonly name: string;
  readonly rate: number;
  readonly colour: string;
}

/** A diverging loss would press the rest of its curve flat: the axis goes to so many times the first one, at most. */
const MOST_TIMES = 2;

/** Rates on a logarithmic axis; losses from 0 as far as the smoothed ones go. */
export function rateScales(
  { points }: Pick<RateLine, 'points'>,
  size: { readonly width: number; readonly height: number },
): CurveScales {
  const rates = points.map(({ rate }) => rate);
  // The first steps have no loss where none of their rows counts.
  const first = points.find(({ smoothed }) => smoothed > 0);
  const most = MOST_TIMES * (first?.smoothed ?? 1);
  const highest = Math.max(...points.map(({ smoothed }) => Math.min(most, smoothed)), 1e-12);
  return {
    x: scaleLog()
      .domain([Math.min(...rates), Math.max(...rates)])
      .range([0, size.width]),
    y: scaleLinear().domain([0, highest]).range([size.height, 0]).nice(5),
  };
}

/** The powers of ten, as many as there is room for. @param count of labels, at most */
export function rateTicks({ x }: CurveScales, count: number): Tick[] {
  const [low = 1, high = 1] = x.domain().map(Math.log10);
  const powers = range(Math.ceil(low - 1e-9), Math.floor(high + 1e-9) + 1);
  const every = Math.ceil(powers.length / count);
  return powers
    .filter((_, i) => i % every === 0)
    .map((power) => ({ at: x(10 ** power), text: `1e${power < 0 ? '−' : ''}${Math.abs(power)}` }));
}

/** The line of the smoothed losses, as far as the axis goes. */
export function ratePath({ points }: Pick<RateLine, 'points'>, { x, y }: CurveScales): string {
  const [, highest = 0] = y.domain();
  const draw = line<RateLine['points'][number]>(
    ({ rate }) => x(rate),
    ({ smoothed }) => y(smoothed),
  )
    .defined(({ smoothed }) => smoothed <= highest)
    .digits(1);
  return draw(points) ?? '';
}

/** A dot for each step's own loss, as far as the axis goes: a path of lines without length, to be drawn with round ends. */
export function lossDots({ points }: Pick<RateLine, 'points'>, { x, y }: CurveScales): string {
  const [, highest = 0] = y.domain();
  return points
    .filter(({ loss }) => loss <= highest)
    .map(({ rate, loss }) => `M${x(rate).toFixed(1)},${y(loss).toFixed(1)}h0`)
    .join('');
}

/** The step whose rate is nearest, on the axis. */
export function nearestStep(
  { points }: Pick<RateLine, 'points'>,
  { x }: CurveScales,
  at: number,
): number {
  const away = (i: number): number => Math.abs(x(points[i]?.rate ?? NaN) - at);
  return points.reduce((nearest, _, i) => (away(i) < away(nearest) ? i : nearest), 0);
}

/** `Step 61, at a learning rate of 0.007: smoothed loss 0.412, the step's own 0.398` */
export function rateReading({ points }: Pick<RateLine, 'points'>, step: number | null): string {
  const point = step === null ? undefined : points[step];
  if (step === null || point === undefined) return '';
  const { rate, loss, smoothed } = point;
  return `Step ${step + 1}, at a learning rate of ${numberText(rate)}: smoothed loss ${numberText(smoothed)}, the step’s own ${numberText(loss)}`;
}

export function rateTable({ points }: Pick<RateLine, 'points'>): ChartTable {
  return {
    columns: [
      { title: 'step', numeric: true },
      { title: 'learning rate', numeric: true },
      { title: 'smoothed loss', numeric: true },
      { title: 'loss of the step', numeric: true },
    ],
    rows: points.map(({ rate, smoothed, loss }, i) => [i + 1, rate, smoothed, loss]),
  };
}
