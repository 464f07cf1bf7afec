import { cancelledError } from './errors.ts';

/** Longest stretch of work between two looks at the event loop, in milliseconds. */
const SLICE_MS = 40;

/**
 * Lets long loops in a worker hear a cancel: call it once per row block, epoch or resample. It gives the
 * event loop a turn when a slice of work has passed, and throws once the signal is aborted.
 */
export class Breather {
  #sliceStart = performance.now();
  readonly #signal: AbortSignal | undefined;

  constructor(signal?: AbortSignal) {
    this.#signal = signal;
  }

  async breathe(): Promise<void> {
    this.#throwIfAborted();
    if (performance.now() - this.#sliceStart < SLICE_MS) return;
    await new Promise<void>((resolve) => {
      setTimeout(resolve, 0);
    });
    this.#sliceStart = performance.now();
    this.#throwIfAborted();
  }

  #throwIfAborted(): void {
    if (this.#signal?.aborted === true) throw cancelledError();
  }
}
