import { runError, type TerrariumError } from '#core/errors.ts';
import { beyondMemory } from '#core/networks/memory-need.ts';
import { gpuAdapter } from '#engine/backends.ts';
import { DeviceWatch, failureOf, lostError } from '#engine/device-watch.ts';
import { readBuffer } from '#engine/read-buffer.ts';

/**
 * A GPU device of its own for one training, with every buffer on it. A failure of the device, which WebGPU reports beside
 * the work and not in it, is thrown by the next `wait`.
 */
export class Gpu {
  readonly device: GPUDevice;
  readonly #buffers: GPUBuffer[] = [];
  readonly #watch: DeviceWatch;

  private constructor(device: GPUDevice) {
    this.device = device;
    this.#watch = new DeviceWatch(device);
  }

  /**
   * A device with the adapter's own limits.
   * @throws TerrariumError where there is none: who trains here has found one before, so that it is lost
   */
  static async open(): Promise<Gpu> {
    const adapter = await gpuAdapter();
    if (adapter === null) throw lostError('there is no WebGPU adapter any more');
    const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
    const clock = 'timestamp-query' satisfies GPUFeatureName;
    const wanted = adapter.requestDevice({
      requiredFeatures: adapter.features.has(clock) ? [clock] : [],
      requiredLimits: { maxBufferSize, maxStorageBufferBindingSize },
    });
    const device = await wanted.catch((thrown: unknown) => {
      throw lostError(thrown instanceof Error ? thrown.message : String(thrown));
    });
    return new Gpu(device);
  }

  /**
   * Buffers of so many bytes, by name, filled with zeros.
   * @param most bytes of all together
   * @throws TerrariumError before any is made where they are more, or one is larger than the device takes; and where the
   * memory is used up
   */
  async allocate<Name extends string>(
    bytes: Readonly<Record<Name, number>>,
    most: number,
  ): Promise<Record<Name, GPUBuffer>> {
    const { maxBufferSize, maxStorageBufferBindingSize } = this.device.limits;
    const largest = Math.min(maxBufferSize, maxStorageBufferBindingSize);
    const { STORAGE, UNIFORM, COPY_DST, COPY_SRC, QUERY_RESOLVE } = GPUBufferUsage;
    const usage = STORAGE | UNIFORM | COPY_DST | COPY_SRC | QUERY_RESOLVE;
    const sizes = Object.entries<number>(bytes);
    const all = sizes.reduce((sum, [, size]) => sum + size, 0);
    if (all > most) throw beyondMemory(all, most);
    for (const [name, size] of sizes) if (size > largest) throw tooLarge(name, size, largest);
    this.device.pushErrorScope('out-of-memory');
    const made = sizes.map(([label, size]) => {
      const buffer = this.device.createBuffer({ label, size: Math.max(size, 64), usage });
      this.#buffers.push(buffer);
      return [label, buffer] as const;
    });
    const error = await this.wait(this.device.popErrorScope());
    if (error !== null) throw failureOf(error);
    return Object.fromEntries(made) as Record<Name, GPUBuffer>;
  }

  /** Writes numbers to a place in a buffer, in bytes, before all work that is handed in later. */
  write(buffer: GPUBuffer, at: number, numbers: Float32Array | Int32Array | Uint32Array): void {
    this.device.queue.writeBuffer(buffer, at, numbers as GPUAllowSharedBufferSource);
  }

  /** Bytes of a buffer, after all work that was handed in before. */
  read(buffer: GPUBuffer, from: number, bytes: number): Promise<ArrayBuffer> {
    return this.wait(readBuffer(this.device, buffer, from, bytes));
  }

  /** Waits for what the device does. @throws TerrariumError where it failed, or was lost, in the meantime */
  wait<Value>(work: Promise<Value>): Promise<Value> {
    return this.#watch.wait(work);
  }

  /** Bytes of all its buffers. */
  get bytes(): number {
    return this.#buffers.reduce((sum, { size }) => sum + size, 0);
  }

  /** Frees every buffer, and the device. */
  free(): void {
    for (const buffer of this.#buffers) buffer.destroy();
    this.device.destroy();
  }
}

function tooLarge(name: string, bytes: number, most: number): TerrariumError {
  const inMiB = (count: number): string => `${Math.ceil(count / 1_048_576)} MiB`;
  return runError(
    'gpu_memory',
    `The network's ${name} would take ${inMiB(bytes)} in one piece, and this GPU gives at most ${inMiB(most)}.`,
    name === 'features'
      ? 'Use fewer rows or columns, or choose the backend wasm.'
      : 'Lower batch_size, filters or hidden_units, or choose the backend wasm.',
    { bytes, most },
  );
}
