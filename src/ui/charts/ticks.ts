import { format, type ScaleContinuousNumeric } from 'd3';
import { needsPowers, powerText } from './number-text.ts';

export interface Tick {
  /** Pixels along the axis. */
  readonly at: number;
  readonly text: string;
}

/** About `count` ticks of a scale; on a logarithmic one those without a label are left out. */
export function ticksOf(scale: ScaleContinuousNumeric<number, number>, count: number): Tick[] {
  const text = tickText(scale, count);
  return scale
    .ticks(count)
    .map((value) => ({ at: scale(value), text: text(value) }))
    .filter((tick) => tick.text !== '');
}

/** How about `count` ticks of a scale are written: in powers of ten, `1.5e12`, where other figures in charts are. */
export function tickText(
  scale: ScaleContinuousNumeric<number, number>,
  count: number,
): (value: number) => string {
  const plain = scale.tickFormat(count);
  const values = scale.ticks(count);
  if (!('base' in scale)) {
    return needsPowers(Math.max(...values.map(Math.abs))) ? shortest : plain;
  }
  // d3's prefixes would make 100m of a loss of 0.1. Near 1 nobody writes powers, however far the scale goes.
  const hasPowers = values.some(needsPowers);
  return (value) => {
    if (plain(value) === '') return '';
    return hasPowers && (value < 0.01 || value > 100) ? shortest(value) : format(',~r')(value);
  };
}

/** No more digits than it takes: a tick is a round number but for its last bits. */
function shortest(value: number): string {
  return value === 0 ? '0' : powerText(Number(value.toPrecision(15)).toExponential());
}

/** The same of what is counted, such as epochs: nothing between two whole numbers. */
export function wholeTicksOf(scale: ScaleContinuousNumeric<number, number>, count: number): Tick[] {
  return scale
    .ticks(count)
    .filter(Number.isInteger)
    .map((value) => ({ at: scale(value), text: format(',')(value) }));
}
