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
    await turnOfEvents();
    this.#sliceStart = performance.now();
    this.#throwIfAborted();
  }

  #throwIfAborted(): void {
    if (this.#signal?.aborted === true) throw cancelledError();
  }
}

/** Lets what waits be heard. A timer would take 1 ms in Node and 4 ms in a browser's worker, a tenth of every slice. */
function turnOfEvents(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
