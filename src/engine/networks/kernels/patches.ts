import type { Address, KernelMemory } from '#core/kernels/kernel-memory.ts';
import type { NetworkKernels } from '#core/kernels/network-kernels.ts';
import type { Frame } from './frames.ts';
import { filledUp } from './signal.ts';

/** A row with zeros around it, in memory of each lane's own, of which only the row is ever written. */
interface Margins {
  readonly at: Address;
  readonly derivatives: Address;
  /** Bytes of all of it, from its beginning to the row, and from line to line. */
  readonly bytes: number;
  readonly corner: number;
  readonly lineStep: number;
}

/** The windows of images or sequences as rows of a matrix [windows, step], and the way back. */
export class Patches {
  /** Windows of an image. */
  readonly count: number;
  /** Numbers of a window, and numbers from one to the next: the next multiple of 8. */
  readonly size: number;
  readonly step: number;
  readonly #frame: Frame;
  readonly #margins: Margins | null;
  /** As many zeros as a line has. */
  readonly #zeros: Address;

  /** @param lanes how many images may be worked on at the same time */
  constructor(memory: KernelMemory, frame: Frame, trains: boolean, lanes: number) {
    const { windows } = frame;
    this.count = windows.height * windows.width;
    this.size = windows.size * windows.size * (windows.pixelStep / 4);
    this.step = filledUp(this.size);
    this.#frame = frame;
    this.#margins = marginsOf(memory, frame, trains, lanes);
    this.#zeros = trains ? memory.take(this.#margins?.lineStep ?? frame.lineBytes) : 0;
  }

  /** Writes the windows of one image. */
  take(kernels: NetworkKernels, image: Address, to: Address, lane: number): void {
    const { lines, lineBytes } = this.#frame;
    const margins = this.#margins;
    const at = margins === null ? image : margins.at + lane * margins.bytes;
    if (margins !== null) {
      kernels.copyRows(image, lineBytes, lines, lineBytes, at + margins.corner, margins.lineStep);
    }
    this.#call(kernels.takePatches, at, to);
  }

  /** From derivatives by the windows of one image to those by the image. */
  back(kernels: NetworkKernels, patches: Address, derivatives: Address, lane: number): void {
    const { lines, lineBytes } = this.#frame;
    const margins = this.#margins;
    const image = margins === null ? derivatives : margins.derivatives + lane * margins.bytes;
    const step = margins?.lineStep ?? lineBytes;
    const bytes = margins?.bytes ?? lines * lineBytes;
    kernels.copyRows(this.#zeros, 0, bytes / step, step, image, step);
    this.#call(kernels.addPatches, image, patches);
    if (margins === null) return;
    const inner = image + margins.corner;
    kernels.copyRows(inner, margins.lineStep, lines, lineBytes, derivatives, lineBytes);
  }

  #call(kernel: NetworkKernels['takePatches'], image: Address, patches: Address): void {
    const { lineStep, pixelStep, stride, size, height, width } = this.#frame.windows;
    kernel(image, lineStep, pixelStep, stride, size, height, width, patches, 4 * this.step);
  }
}

/** Room for a row and the zeros around it, for each lane; null where there are none. */
function marginsOf(
  memory: KernelMemory,
  frame: Frame,
  trains: boolean,
  lanes: number,
): Margins | null {
  const { lines, lineBytes, above, below, before, after } = frame;
  if (above + below + before + after === 0) return null;
  const lineStep = before + lineBytes + after;
  const bytes = (above + lines + below) * lineStep;
  const take = (): Address => memory.take(lanes * bytes);
  const corner = above * lineStep + before;
  return { at: take(), derivatives: trains ? take() : 0, bytes, corner, lineStep };
}
