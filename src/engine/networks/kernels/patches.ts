import type { Address } from '#core/kernels/kernel-memory.ts';
import type { NetworkMachine } from '#core/kernels/network-kernels.ts';
import type { ConvolutionLayer } from '#core/networks/layer.ts';
import { imageOf, windowsOf, type Windows } from '#core/networks/window.ts';
import { filledUp, type Layout } from './signal.ts';

/** An image with zeros around it, in memory of its own, of which only the image is ever written. */
interface Margins {
  readonly at: Address;
  readonly derivatives: Address;
  /** Bytes of all of it, and from its beginning to the image. */
  readonly bytes: number;
  readonly corner: number;
}

/** The windows of images as rows of a matrix [windows, step], and the way back. */
export class Patches {
  /** Windows of an image. */
  readonly count: number;
  /** Numbers of a window, and numbers from one to the next: the next multiple of 8. */
  readonly size: number;
  readonly step: number;
  readonly #machine: NetworkMachine;
  readonly #layer: ConvolutionLayer;
  readonly #windows: Windows;
  readonly #lines: number;
  /** Bytes of an image's line and pixel, and of the line that windows are taken from. */
  readonly #lineBytes: number;
  readonly #pixelBytes: number;
  readonly #lineStep: number;
  readonly #margins: Margins | null;

  constructor(machine: NetworkMachine, layer: ConvolutionLayer, input: Layout, trains: boolean) {
    const { memory } = machine;
    const windows = windowsOf(layer, input.shape);
    const { top, bottom, left, right } = windows;
    const [height, width] = imageOf(input.shape);
    this.count = windows.height * windows.width;
    this.size = layer.size * layer.size * input.channelStep;
    this.step = filledUp(this.size);
    this.#machine = machine;
    this.#layer = layer;
    this.#windows = windows;
    this.#lines = height;
    this.#pixelBytes = 4 * input.channelStep;
    this.#lineBytes = width * this.#pixelBytes;
    this.#lineStep = (left + width + right) * this.#pixelBytes;
    const bytes = (top + height + bottom) * this.#lineStep;
    const corner = top * this.#lineStep + left * this.#pixelBytes;
    this.#margins =
      top + bottom + left + right === 0
        ? null
        : { at: memory.take(bytes), derivatives: trains ? memory.take(bytes) : 0, bytes, corner };
  }

  /** Writes the windows of one image. */
  take(image: Address, to: Address): void {
    const { kernels } = this.#machine;
    const margins = this.#margins;
    if (margins !== null) {
      const inner = margins.at + margins.corner;
      kernels.copyRows(image, this.#lineBytes, this.#lines, this.#lineBytes, inner, this.#lineStep);
    }
    this.#call(kernels.takePatches, margins?.at ?? image, to);
  }

  /** From derivatives by the windows of one image to those by the image. */
  back(patches: Address, derivatives: Address): void {
    const { kernels, memory } = this.#machine;
    const margins = this.#margins;
    const image = margins?.derivatives ?? derivatives;
    const bytes = margins?.bytes ?? this.#lines * this.#lineBytes;
    memory.bytes(image, bytes).fill(0);
    this.#call(kernels.addPatches, image, patches);
    if (margins === null) return;
    const inner = image + margins.corner;
    const bytesEach = this.#lineBytes;
    kernels.copyRows(inner, this.#lineStep, this.#lines, bytesEach, derivatives, bytesEach);
  }

  #call(kernel: NetworkMachine['kernels']['takePatches'], image: Address, patches: Address): void {
    const { stride, size } = this.#layer;
    const { height, width } = this.#windows;
    const [lineStep, pixelStep] = [this.#lineStep, this.#pixelBytes];
    kernel(image, lineStep, pixelStep, stride, size, height, width, patches, 4 * this.step);
  }
}
