import type { Address } from '#core/kernels/kernel-memory.ts';
import { sizeOf, type Shape } from '#core/networks/layer.ts';

/** How rows of a shape lie in the kernels' memory: float32, each row `width` numbers long. */
export interface Layout {
  readonly shape: Shape;
  /** Numbers from one place's channels to the next one's: as many as there are, or what fills them up to 8. */
  readonly channelStep: number;
  /** Numbers in a row, a multiple of 8; what is too much is 0. */
  readonly width: number;
}

/** What goes from one layer to the next, for a block of rows. */
export interface Signal extends Layout {
  readonly at: Address;
  /** The loss's derivatives by it; address 0 where nobody asks for them. */
  readonly derivatives: Address;
}

/** Rows as they come, without gaps between their numbers. */
export function denseLayout(shape: Shape): Layout {
  return { shape, channelStep: shape.at(-1) ?? 0, width: filledUp(sizeOf(shape)) };
}

/** The next multiple of 8, which the kernels' widths are. */
export function filledUp(size: number): number {
  return 8 * Math.ceil(size / 8);
}

/** The next multiple of 4: the kernels take rows in fours. */
export function heightOf(rows: number): number {
  return 4 * Math.ceil(rows / 4);
}
