import { sizeOf, type Shape } from '#core/networks/layer.ts';
import { vectorsOf } from '#engine/wgsl/stored-tensors.ts';
import type { LayerSite, Signal } from './gpu-layer.ts';

/** Threads of a workgroup. */
export const THREADS = 64;

/** The next multiple of four. */
export function filledUp(size: number): number {
  return 4 * vectorsOf(size);
}

/** Numbers of a row, those that fill up too. */
export function widthOf({ shape, channelStep }: Pick<Signal, 'shape' | 'channelStep'>): number {
  return (sizeOf(shape) / (shape.at(-1) ?? 1)) * channelStep;
}

/** What a layer gives, with room of its own for it and for the derivatives, channels filled up to fours. */
export function newSignal({ take }: LayerSite, shape: Shape): Signal {
  const channelStep = filledUp(shape.at(-1) ?? 0);
  const width = widthOf({ shape, channelStep });
  return { shape, channelStep, at: take(width), derivatives: take(width) };
}

/** What a layer gives that changes numbers one by one: derivatives change where they are. */
export function changedSignal({ input, take }: LayerSite): Signal {
  return { ...input, at: take(widthOf(input)) };
}

/** A thread for each of so many things of a quad, and that for each quad: `id.x` and `id.y`. */
export function overQuads(things: number): (quads: number) => readonly [number, number] {
  const groups = Math.ceil(things / THREADS);
  return (quads) => [groups, quads];
}
