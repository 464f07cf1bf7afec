import { DEVICE_LOST, runError, TerrariumError } from '#core/errors.ts';

/** A lost device fails its work before it says that it is lost, by so many milliseconds at most. */
const LOSS_MS = 500;

/** Hears what a GPU device reports beside its work and not in it; the next `wait` throws it. */
export class DeviceWatch {
  readonly #lost: Promise<TerrariumError>;
  #failure: TerrariumError | null = null;

  constructor(device: GPUDevice) {
    device.addEventListener('uncapturederror', ({ error }) => {
      this.#failure ??= failureOf(error);
    });
    this.#lost = device.lost.then(({ message }) => (this.#failure = lostError(message)));
  }

  /** Forgets what earlier work ended with; a lost device stays lost. */
  forget(): void {
    if (this.#failure?.code !== DEVICE_LOST) this.#failure = null;
  }

  /** Waits for what the device does. @throws TerrariumError where it failed, or was lost, in the meantime */
  async wait<Value>(work: Promise<Value>): Promise<Value> {
    try {
      const value = await work;
      if (this.#failure === null) return value;
    } catch (thrown) {
      if (thrown instanceof TerrariumError) throw thrown;
      this.#failure ??= brokenError(thrown instanceof Error ? thrown.message : String(thrown));
    }
    throw await Promise.race([this.#lost, laterThan(LOSS_MS, this.#failure)]);
  }
}

function laterThan<Value>(ms: number, value: Value): Promise<Value> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(value), ms);
  });
}

/** What a device reported, in words. */
export function failureOf(error: GPUError): TerrariumError {
  if (!(error instanceof GPUOutOfMemoryError)) return brokenError(error.message);
  return runError(
    'gpu_memory',
    'The GPU has too little memory left for this network.',
    'Lower batch_size, filters or hidden_units, close what else uses the GPU, or choose the backend wasm.',
  );
}

/** A device that is gone, or that there is none of any more. */
export function lostError(message: string): TerrariumError {
  return runError(
    DEVICE_LOST,
    `The GPU stopped answering: ${message === '' ? 'the device is lost' : message}`,
    'Try again, or choose the backend wasm.',
  );
}

function brokenError(message: string): TerrariumError {
  return runError(
    'gpu_failed',
    `The GPU refused a part of the training: ${message}`,
    'Choose the backend wasm.',
  );
}
