import { format, type ScaleContinuousNumeric } from 'd3';

export interface Tick {
  /** Pixels along the axis. */
  readonly at: number;
  readonly text: string;
}

/** About `count` ticks of a scale; on a logarithmic one those without a label are left out. */
export function ticksOf(scale: ScaleContinuousNumeric<number, number>, count: number): Tick[] {
  const text = scale.tickFormat(count);
  return scale
    .ticks(count)
    .map((value) => ({ at: scale(value), text: text(value) }))
    .filter((tick) => tick.text !== '');
}

/** The same of what is counted, such as epochs: nothing between two whole numbers. */
export function wholeTicksOf(scale: ScaleContinuousNumeric<number, number>, count: number): Tick[] {
  return scale
    .ticks(count)
    .filter(Number.isInteger)
    .map((value) => ({ at: scale(value), text: format(',')(value) }));
}
