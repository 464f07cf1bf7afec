import type { Address } from '#core/kernels/kernel-memory.ts';
import type { NetworkMachine } from '#core/kernels/network-kernels.ts';
import type { Frame } from './frames.ts';
import { filledUp } from './signal.ts';

/** A row with zeros around it, in memory of its own, of which only the row is ever written. */
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
  readonly #machine: NetworkMachine;
  readonly #frame: Frame;
  readonly #margins: Margins | null;

  constructor(machine: NetworkMachine, frame: Frame, trains: boolean) {
    const { windows } = frame;
    this.count = windows.height * windows.width;
    this.size = windows.size * windows.size * (windows.pixelStep / 4);
    this.step = filledUp(this.size);
    this.#machine = machine;
    this.#frame = frame;
    this.#margins = marginsOf(machine, frame, trains);
  }

  /** Writes the windows of one image. */
  take(image: Address, to: Address): void {
    const { kernels } = this.#machine;
    const { lines, lineBytes } = this.#frame;
    const margins = this.#margins;
    if (margins !== null) {
      const inner = margins.at + margins.corner;
      kernels.copyRows(image, lineBytes, lines, lineBytes, inner, margins.lineStep);
    }
    this.#call(kernels.takePatches, margins?.at ?? image, to);
  }

  /** From derivatives by the windows of one image to those by the image. */
  back(patches: Address, derivatives: Address): void {
    const { kernels, memory } = this.#machine;
    const { lines, lineBytes } = this.#frame;
    const margins = this.#margins;
    const image = margins?.derivatives ?? derivatives;
    const bytes = margins?.bytes ?? lines * lineBytes;
    memory.bytes(image, bytes).fill(0);
    this.#call(kernels.addPatches, image, patches);
    if (margins === null) return;
    const inner = image + margins.corner;
    kernels.copyRows(inner, margins.lineStep, lines, lineBytes, derivatives, lineBytes);
  }

  #call(kernel: NetworkMachine['kernels']['takePatches'], image: Address, patches: Address): void {
    const { lineStep, pixelStep, stride, size, height, width } = this.#frame.windows;
    kernel(image, lineStep, pixelStep, stride, size, height, width, patches, 4 * this.step);
  }
}

/** Room for a row and the zeros around it; null where there are none. */
function marginsOf({ memory }: NetworkMachine, frame: Frame, trains: boolean): Margins | null {
  const { lines, lineBytes, above, below, before, after } = frame;
  if (above + below + before + after === 0) return null;
  const lineStep = before + lineBytes + after;
  const bytes = (above + lines + below) * lineStep;
  const take = (): Address => memory.take(bytes);
  const corner = above * lineStep + before;
  return { at: take(), derivatives: trains ? take() : 0, bytes, corner, lineStep };
}
