import type { Address, KernelMemory } from '#core/kernels/kernel-memory.ts';
import type { AllKernels } from '#core/kernels/network-kernels.ts';
import type { ConvolutionLayer } from '#core/networks/layer.ts';
import { imageOf, windowsOf } from '#core/networks/window.ts';
import type { Layout } from '../signal.ts';
import { PaddedImages, type Padding } from './padded-images.ts';
import { POINTS, SIDE, type Tiles } from './tiles.ts';

/** Bytes between the points' matrices, so that their lines do not all want the same places in near memory. */
const APART = 64;

/** What brings an image to the points, and what brings it back. */
interface Ways {
  readonly take: 'takeTiles' | 'spreadTiles';
  readonly give: 'addTiles' | 'gatherTiles';
}

/** How many tiles there are of an image, and images at once, at most, in each of so many lanes. */
interface AtOnce {
  readonly tiles: Tiles;
  readonly together: number;
  readonly lanes: number;
}

/** Where a call works. */
export interface TiledPlace {
  readonly kernels: AllKernels;
  readonly lane: number;
  /** Of the image. */
  readonly image: Address;
  /** Its first tile at the first point. */
  readonly points: Address;
  /** Room for a tile of four channels at the points. */
  readonly room: Address;
}

/** The images on one side of a convolution in tiles, and their tiles at the points. */
export class TiledImages {
  /** Bytes from point to point, and of all points' matrices. */
  readonly pointStep: number;
  readonly bytes: number;
  readonly #ways: Ways;
  readonly #tiles: Tiles;
  readonly #pixelStep: number;
  readonly #read: PaddedImages;
  readonly #written: PaddedImages;

  constructor(
    memory: KernelMemory,
    ways: Ways,
    padding: Padding,
    { tiles, together, lanes }: AtOnce,
  ) {
    this.pointStep = together * tiles.count * padding.pixelStep + APART;
    this.bytes = POINTS * this.pointStep;
    this.#ways = ways;
    this.#tiles = tiles;
    this.#pixelStep = padding.pixelStep;
    this.#read = new PaddedImages(memory, padding, lanes);
    this.#written = new PaddedImages(memory, padding, lanes);
  }

  /** Brings an image to the points. */
  take(place: TiledPlace): void {
    const { kernels, image, lane } = place;
    const take = kernels[this.#ways.take];
    take(...this.#where(this.#read.put(kernels, image, lane), place));
  }

  /** Brings an image back from the points, whatever stood there. @param bias what is added to each of its pixels; 0 for none */
  give(place: TiledPlace, bias: Address): void {
    const { kernels, image, lane } = place;
    const written = this.#written;
    if (this.#ways.give === 'addTiles') {
      const room = written.openEmpty(kernels, image, lane);
      kernels.addTiles(...this.#where(room, place));
    } else {
      kernels.gatherTiles(...this.#where(written.open(image, lane), place), bias);
    }
    written.close(kernels, image, lane);
  }

  #where(at: Address, { points, room }: TiledPlace): Parameters<AllKernels['takeTiles']> {
    const { windows, down, right } = this.#tiles;
    const { lineStep } = this.#read;
    return [at, lineStep, this.#pixelStep, windows, down, right, points, this.pointStep, room];
  }
}

/** What a convolution in tiles gets, with the zeros around it. */
export function tiledInputs(
  memory: KernelMemory,
  layer: ConvolutionLayer,
  input: Layout,
  atOnce: AtOnce,
): TiledImages {
  const { tiles } = atOnce;
  const { top, left } = windowsOf(layer, input.shape);
  const [lines, pixels] = imageOf(input.shape);
  const more = SIDE - tiles.windows;
  const padding = {
    ...{ lines, pixels, top, left, pixelStep: 4 * input.channelStep },
    allLines: tiles.down * tiles.windows + more,
    allPixels: tiles.right * tiles.windows + more,
  };
  return new TiledImages(memory, { take: 'takeTiles', give: 'addTiles' }, padding, atOnce);
}

/** What it gives; tiles may reach over its lower and right edges. */
export function tiledOutputs(memory: KernelMemory, output: Layout, atOnce: AtOnce): TiledImages {
  const { tiles } = atOnce;
  const [lines, pixels] = imageOf(output.shape);
  const padding = {
    ...{ lines, pixels, top: 0, left: 0, pixelStep: 4 * output.channelStep },
    allLines: tiles.down * tiles.windows,
    allPixels: tiles.right * tiles.windows,
  };
  return new TiledImages(memory, { take: 'spreadTiles', give: 'gatherTiles' }, padding, atOnce);
}
