import { DEVICE_LOST, TerrariumError } from '#core/errors.ts';

/** Something under way in a worker. */
export interface Job<T> {
  readonly id: string;
  /** Rejects with a TerrariumError, of kind `cancelled` after a cancel. */
  readonly done: Promise<T>;
  /** Fulfils within 200 ms; by then the job has ended. */
  cancel(): Promise<void>;
}

/** Events that come after their job has ended, or belong to another one, are dropped. */
export function fresh<Event extends { readonly jobId: string }>(
  slot: { has(jobId: string): boolean },
  id: string,
  hear: (event: Event) => void,
): (event: Event) => void {
  return (event) => {
    if (event.jobId === id && slot.has(id)) hear(event);
  };
}

export function jobIn<T>(
  slot: { cancel(jobId: string): Promise<boolean> },
  id: string,
  done: Promise<T>,
): Job<T> {
  return {
    id,
    done,
    cancel: async () => {
      await slot.cancel(id);
    },
  };
}

/** Does some work once more where its worker has lost the GPU: a new worker gets it back. */
export async function withGpuBack<T>(slot: { end(): void }, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof TerrariumError) || thrown.code !== DEVICE_LOST) throw thrown;
    slot.end();
    return work();
  }
}
