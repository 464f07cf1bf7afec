import { sizeOf } from '#core/networks/layer.ts';
import { filledUp, type Layout } from './signal.ts';

/** Rows of a layout as a matrix with a column for each channel. */
export interface ChannelMatrix {
  /** Rows of the matrix that a row of the layout is. */
  readonly places: number;
  readonly channels: number;
  /** Numbers from one row of the matrix to the next, a multiple of 8. */
  readonly step: number;
}

/** The same of numbers that are changed one by one: rows without gaps are one place of as many channels. */
export function numberMatrix(layout: Layout): ChannelMatrix {
  const { shape, channelStep } = layout;
  if (channelStep !== shape.at(-1)) return channelMatrix(layout);
  const numbers = sizeOf(shape);
  return { places: 1, channels: numbers, step: filledUp(numbers) };
}

/** @throws RangeError for images whose channels do not lie in eights, as those that nothing has gone over yet */
export function channelMatrix({ shape, channelStep }: Layout): ChannelMatrix {
  const channels = shape.at(-1) ?? 0;
  const places = sizeOf(shape) / channels;
  if (places === 1) return { places, channels, step: filledUp(channels) };
  if (channelStep % 8 !== 0) throw new RangeError('an image needs channels in eights here');
  return { places, channels, step: channelStep };
}
