import type { Tick } from './ticks.ts';

/** Around what a plot has between its axes, in pixels. */
export const plotMargin = { top: 28, right: 16, bottom: 44, left: 56 } as const;

export interface PlotAxis {
  /** What is measured, with its unit. */
  readonly title: string;
  readonly ticks: readonly Tick[];
}

/** How a person reads a plot: place by place, counted from 0. */
export interface PlotReader {
  /** What can be read, in words. */
  readonly label: string;
  readonly count: number;
  /** The place that is read now. */
  readonly at: number | null;
  /** Where the reader stands while nothing is read; 0 where absent. */
  readonly rest?: number;
  /** What stands at the place, in words. */
  readonly text: string;
  /** Where a line marks the place, in pixels; no line where absent. */
  readonly cursor?: number | null;
  /** The place that is meant by pointing between the axes, in pixels from their upper left corner. */
  readonly nearest: (x: number, y: number) => number | null;
  readonly onRead: (at: number | null) => void;
}

/** The width between the axes of a plot in a box. */
export function innerWidth(width: number): number {
  return Math.max(40, width - plotMargin.left - plotMargin.right);
}

/** The place among `count` to which a key leads from another one, or from none; null for a key that leads nowhere. */
export function walkedTo(key: string, at: number | null, count: number): number | null {
  const back = (places: number): number => (at ?? count) - places;
  const on = (places: number): number => (at ?? -1) + places;
  const moves: Readonly<Record<string, number>> = {
    ...{ ArrowLeft: back(1), ArrowDown: back(1), PageDown: back(10), Home: 0 },
    ...{ ArrowRight: on(1), ArrowUp: on(1), PageUp: on(10), End: count - 1 },
  };
  const next = moves[key];
  return next === undefined ? null : Math.max(0, Math.min(count - 1, next));
}
