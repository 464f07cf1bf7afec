import { readBuffer } from './read-buffer.ts';

/** Passes that are timed between two readings, at most. */
const SLOTS = 512;

/** Times passes by a GPU's own clock, where it has one. */
export class DeviceClock {
  readonly #device: GPUDevice;
  readonly #times: GPUBuffer;
  readonly #queries: GPUQuerySet | null;
  #taken = 0;
  #nanoseconds = 0n;
  #missed = false;
  /** Readings under way. */
  #readings: Promise<void>[] = [];

  /** @param times room for `CLOCK_BYTES` */
  constructor(device: GPUDevice, times: GPUBuffer) {
    const tells = device.features.has('timestamp-query');
    this.#device = device;
    this.#times = times;
    this.#queries = tells ? device.createQuerySet({ type: 'timestamp', count: 2 * SLOTS }) : null;
  }

  /** Milliseconds that all passes took, as far as they were read; null where they cannot be told. */
  get ms(): number | null {
    return this.#queries === null || this.#missed ? null : Number(this.#nanoseconds) / 1e6;
  }

  /** Makes room for so many passes, of which there is room for at least one. All before them were submitted. */
  makeRoom(passes: number): void {
    if (this.#taken + passes > SLOTS) this.#readings.push(this.#gather());
  }

  /** For the next pass. There is room for it. */
  get writes(): Pick<GPUComputePassDescriptor, 'timestampWrites'> {
    if (this.#queries === null) return {};
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

  /** Adds what the passes since the last reading took. All were submitted. */
  async read(): Promise<void> {
    await Promise.all([...this.#readings.splice(0), this.#gather()]);
  }

  /** A device that does not tell is left to those who wait for its work. */
  async #gather(): Promise<void> {
    const count = this.#taken;
    if (this.#queries === null || count === 0) return;
    this.#taken = 0;
    const encoder = this.#device.createCommandEncoder();
    encoder.resolveQuerySet(this.#queries, 0, 2 * count, this.#times, 0);
    this.#device.queue.submit([encoder.finish()]);
    try {
      const read = new BigUint64Array(await readBuffer(this.#device, this.#times, 0, 16 * count));
      for (let i = 0; i < count; i += 1) {
        const [from = 0n, to = 0n] = read.subarray(2 * i, 2 * i + 2);
        if (to > from) this.#nanoseconds += to - from;
      }
    } catch {
      this.#missed = true;
    }
  }

  free(): void {
    this.#queries?.destroy();
  }
}

/** What a clock writes the times of its passes to. */
export const CLOCK_BYTES = 16 * SLOTS;
