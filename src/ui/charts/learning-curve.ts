import { extent, line, scaleLinear, scaleLog, type ScaleContinuousNumeric } from 'd3';
import type { ChartTable } from './chart-table.ts';
import { toggledIn } from './legend.ts';
import { numberText } from './number-text.ts';
import { thinLine, type PixelPoint } from './thin-line.ts';

/** One candidate's losses, epoch by epoch; a new array for each redraw. */
export interface Curve {
  readonly name: string;
  readonly colour: string;
  readonly points: readonly CurvePoint[];
}

export interface CurvePoint {
  readonly epoch: number;
  readonly trainLoss: number;
  readonly validationLoss: number | null;
}

/** What the person has set. */
export interface CurveView {
  readonly scale: 'linear' | 'log';
  /** Names of hidden candidates, and `part:training` or `part:validation`. */
  readonly hidden: ReadonlySet<string>;
  /** The epoch that is read out. */
  readonly epoch: number | null;
}

export const initialCurveView: CurveView = { scale: 'linear', hidden: new Set(), epoch: null };

/** The view with one legend entry hidden or shown again. */
export function toggled(view: CurveView, id: string): CurveView {
  return { ...view, hidden: toggledIn(view.hidden, id) };
}

export interface CurvePath {
  readonly id: string;
  readonly colour: string;
  readonly part: 'training' | 'validation';
  readonly d: string;
  readonly end: PixelPoint | null;
}

export interface CurveScales {
  readonly x: ScaleContinuousNumeric<number, number>;
  readonly y: ScaleContinuousNumeric<number, number>;
}

/**
 * Scales for the visible points. While training runs, the right end leaves room and moves in few steps,
 * so that lines grow to the right instead of being squeezed at every epoch.
 * @param width of the plot area in pixels
 */
export function curveScales(
  curves: readonly Curve[],
  view: CurveView,
  size: { readonly width: number; readonly height: number },
  live: boolean,
): CurveScales {
  const last = lastEpoch(curves);
  const right = live ? roomFor(last) : Math.max(2, last);
  const losses = shown(curves, view).flatMap((curve) =>
    curve.points.flatMap((p) => lossesOf(p, view)),
  );
  const usable = view.scale === 'log' ? losses.filter((loss) => loss > 0) : losses;
  const [low = 0, high = 1] = extent(usable.filter(Number.isFinite));
  const y =
    view.scale === 'log'
      ? scaleLog().domain([low || 0.1, Math.max(high, (low || 0.1) * 1.1)])
      : scaleLinear().domain([Math.min(0, low), high > 0 ? high : 1]);
  return {
    x: scaleLinear().domain([1, right]).range([0, size.width]),
    y: y.nice(5).range([size.height, 0]),
  };
}

/** One path per visible line, thinned to the pixels there are. */
export function curvePaths(
  curves: readonly Curve[],
  view: CurveView,
  { x, y }: CurveScales,
): CurvePath[] {
  const draw = line<PixelPoint>(
    (point) => point.x,
    (point) => point.y,
  ).digits(1);
  return shown(curves, view).flatMap((curve) =>
    visibleParts(view).map((part) => {
      const pixels = curve.points.flatMap((point) => {
        const loss = part === 'training' ? point.trainLoss : point.validationLoss;
        if (loss === null || !Number.isFinite(loss) || (view.scale === 'log' && loss <= 0))
          return [];
        return [{ x: x(point.epoch), y: y(loss) }];
      });
      return {
        id: `${part}:${curve.name}`,
        colour: curve.colour,
        part,
        d: draw(thinLine(pixels)) ?? '',
        end: pixels.at(-1) ?? null,
      };
    }),
  );
}

/** The last epoch of any candidate; 1 before there is one. */
export function lastEpoch(curves: readonly Curve[]): number {
  return curves.reduce((last, curve) => Math.max(last, curve.points.at(-1)?.epoch ?? 1), 1);
}

/** The point at an epoch, or the last one before it. */
function pointAt(curve: Curve, epoch: number): CurvePoint | undefined {
  return curve.points.findLast((point) => point.epoch <= epoch);
}

/** One epoch in words: each visible candidate's losses. */
export function curveReading(curves: readonly Curve[], view: CurveView): string {
  const epoch = view.epoch;
  if (epoch === null) return '';
  const said = shown(curves, view).flatMap((curve) => {
    const point = pointAt(curve, epoch);
    if (point === undefined) return [];
    const held =
      point.validationLoss === null ? '' : `, validation ${numberText(point.validationLoss)}`;
    const ended = point.epoch < epoch ? ` (ended at epoch ${point.epoch})` : '';
    return [`${curve.name}: training ${numberText(point.trainLoss)}${held}${ended}`];
  });
  return `Epoch ${epoch}. ${said.join('; ')}`;
}

export function curveTable(curves: readonly Curve[]): ChartTable {
  return {
    columns: [
      { title: 'candidate', numeric: false },
      { title: 'epoch', numeric: true },
      { title: 'training loss', numeric: true },
      { title: 'validation loss', numeric: true },
    ],
    rows: curves.flatMap(({ name, points }) =>
      points.map((point) => [name, point.epoch, point.trainLoss, point.validationLoss]),
    ),
  };
}

function shown(curves: readonly Curve[], view: CurveView): readonly Curve[] {
  return curves.filter((curve) => !view.hidden.has(curve.name));
}

function visibleParts(view: CurveView): readonly ('training' | 'validation')[] {
  return (['training', 'validation'] as const).filter((part) => !view.hidden.has(`part:${part}`));
}

function lossesOf(point: CurvePoint, view: CurveView): number[] {
  return visibleParts(view).flatMap((part) => {
    const loss = part === 'training' ? point.trainLoss : point.validationLoss;
    return loss === null ? [] : [loss];
  });
}

/** 10, 20, 50, 100, 200, … with a tenth of air beyond the last epoch. */
function roomFor(last: number): number {
  for (let decade = 10; ; decade *= 10) {
    for (const step of [1, 2, 5]) if (decade * step >= last * 1.1) return decade * step;
  }
}
