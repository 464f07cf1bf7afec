import type { Address, KernelMemory } from '#core/kernels/kernel-memory.ts';
import type { NetworkKernels } from '#core/kernels/network-kernels.ts';

/** An image and a larger one that it lies in, in pixels. */
export interface Padding {
  readonly lines: number;
  readonly pixels: number;
  /** Of the larger image; no fewer. */
  readonly allLines: number;
  readonly allPixels: number;
  /** Where in it the image begins. */
  readonly top: number;
  readonly left: number;
  /** Bytes of a pixel. */
  readonly pixelStep: number;
}

/** Room for an image with more around it, for each lane; none where there is nothing around it. */
export class PaddedImages {
  /** Bytes from line to line of what lies there. */
  readonly lineStep: number;
  readonly #lines: number;
  readonly #allLines: number;
  /** Bytes of a line of the image, and from the beginning of the room to the image. */
  readonly #lineBytes: number;
  readonly #corner: number;
  /** 0 where images need no room. */
  readonly #at: Address;
  /** As many zeros as a line has. */
  readonly #zeros: Address;

  constructor(memory: KernelMemory, padding: Padding, lanes: number) {
    const { lines, pixels, allLines, allPixels, top, left, pixelStep } = padding;
    this.lineStep = allPixels * pixelStep;
    this.#lines = lines;
    this.#allLines = allLines;
    this.#lineBytes = pixels * pixelStep;
    this.#corner = top * this.lineStep + left * pixelStep;
    const isLarger = allLines > lines || allPixels > pixels;
    this.#at = isLarger ? memory.take(lanes * allLines * this.lineStep) : 0;
    this.#zeros = memory.take(this.lineStep);
  }

  /** Where an image lies with what is around it: zeros, where nothing else was ever written there. */
  put(kernels: NetworkKernels, image: Address, lane: number): Address {
    const room = this.open(image, lane);
    if (room === image) return image;
    const [lines, bytes] = [this.#lines, this.#lineBytes];
    kernels.copyRows(image, bytes, lines, bytes, room + this.#corner, this.lineStep);
    return room;
  }

  /** Where an image is to be written with what is around it, before `close`. */
  open(image: Address, lane: number): Address {
    return this.#at === 0 ? image : this.#at + lane * this.#allLines * this.lineStep;
  }

  /** The same, filled with zeros. */
  openEmpty(kernels: NetworkKernels, image: Address, lane: number): Address {
    const room = this.open(image, lane);
    kernels.copyRows(this.#zeros, 0, this.#allLines, this.lineStep, room, this.lineStep);
    return room;
  }

  /** Brings an image to its place, without what is around it. */
  close(kernels: NetworkKernels, image: Address, lane: number): void {
    const room = this.open(image, lane);
    if (room === image) return;
    const [lines, bytes] = [this.#lines, this.#lineBytes];
    kernels.copyRows(room + this.#corner, this.lineStep, lines, bytes, image, bytes);
  }
}
