import type { ConvolutionLayer } from '#core/networks/layer.ts';
import { imageOf, windowsOf } from '#core/networks/window.ts';
import type { Layout } from '../signal.ts';

/** Pixels of a tile's side, and points along it. */
export const SIDE = 6;

/** What a filter's values are times: at 0, 3/4, −3/4, 3/2, −3/2 and infinity. */
const factors = [64 / 81, -128 / 243, -128 / 243, 32 / 243, 32 / 243, 1] as const;

/** The same at each of the points of a plane. */
export const pointFactors = factors.flatMap((one) => factors.map((other) => one * other));
export const POINTS = pointFactors.length;

/** Filters at the points may take so much: larger ones are far from near memory. */
const FILTER_BYTES = 4e6;

/** What bringing a number to the points or back takes, in multiplications of the products there: about. */
const WAY = 4;

/** The tiles of a convolution's image. */
export interface Tiles {
  /** Windows of a tile's side, and pixels from one tile to the next. */
  readonly windows: number;
  /** Tiles from top to bottom, and from left to right. */
  readonly down: number;
  readonly right: number;
  readonly count: number;
}

export function tilesOf(layer: ConvolutionLayer, input: Layout): Tiles {
  const { height, width } = windowsOf(layer, input.shape);
  const windows = SIDE + 1 - layer.size;
  const [down, right] = [Math.ceil(height / windows), Math.ceil(width / windows)];
  return { windows, down, right, count: down * right };
}

/** Whether a convolution takes fewer multiplications in tiles. Its sizes alone decide. */
export function isWorthTiles(layer: ConvolutionLayer, input: Layout, output: Layout): boolean {
  const [inputs, filters] = [input.channelStep, output.channelStep];
  const isPossible = layer.stride === 1 && layer.size >= 3 && layer.size <= 5 && inputs % 8 === 0;
  if (!isPossible || 4 * POINTS * inputs * filters > FILTER_BYTES) return false;
  const { height, width, top, bottom } = windowsOf(layer, input.shape);
  // A weight that sees but zeros has no gradient, and would get one of rounding errors, which Adam takes for one of any other.
  if (Math.min(...imageOf(input.shape).slice(0, 2)) <= Math.max(top, bottom)) return false;
  const tiled =
    tilesOf(layer, input).count * POINTS * (inputs * filters + WAY * (inputs + filters));
  return tiled < height * width * layer.size * layer.size * inputs * filters;
}
