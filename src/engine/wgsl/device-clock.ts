import type { Gpu } from './gpu.ts';

/** Passes that are timed between two readings, at most. */
const SLOTS = 512;

/** Times passes by the GPU's own clock, where it has one. */
export class DeviceClock {
  readonly #gpu: Gpu;
  readonly #times: GPUBuffer;
  readonly #queries: GPUQuerySet | null;
  #taken = 0;
  #nanoseconds = 0n;
  #missed = false;

  /** @param times room for `CLOCK_BYTES` */
  constructor(gpu: Gpu, times: GPUBuffer) {
    const { device } = gpu;
    const tells = device.features.has('timestamp-query');
    this.#gpu = gpu;
    this.#times = times;
    this.#queries = tells ? device.createQuerySet({ type: 'timestamp', count: 2 * SLOTS }) : null;
  }

  /** Milliseconds that all passes took, as far as they were read; null where they cannot be told. */
  get ms(): number | null {
    return this.#queries === null || this.#missed ? null : Number(this.#nanoseconds) / 1e6;
  }

  /** For the next pass. */
  get writes(): Pick<GPUComputePassDescriptor, 'timestampWrites'> {
    if (this.#queries === null) return {};
    if (this.#taken === SLOTS) {
      this.#missed = true;
      return {};
    }
    const at = 2 * this.#taken;
    this.#taken += 1;
    return {
      timestampWrites: {
        querySet: this.#queries,
        beginningOfPassWriteIndex: at,
        endOfPassWriteIndex: at + 1,
      },
    };
  }

  /** Adds what the passes since the last reading took. */
  async read(): Promise<void> {
    const count = this.#taken;
    if (this.#queries === null || count === 0) return;
    this.#taken = 0;
    const { device } = this.#gpu;
    const encoder = device.createCommandEncoder();
    encoder.resolveQuerySet(this.#queries, 0, 2 * count, this.#times, 0);
    device.queue.submit([encoder.finish()]);
    const read = new BigUint64Array(await this.#gpu.read(this.#times, 0, 16 * count));
    for (let i = 0; i < count; i += 1) {
      const [from = 0n, to = 0n] = read.subarray(2 * i, 2 * i + 2);
      if (to > from) this.#nanoseconds += to - from;
    }
  }

  free(): void {
    this.#queries?.destroy();
  }
}

/** What a clock writes the times of its passes to. */
export const CLOCK_BYTES = 16 * SLOTS;
