import type { CheckpointStore } from '#core/checkpoints/checkpoint-store.ts';

/** Checkpoints in memory. `onKeep` sees each name before its bytes are there, and may throw as a full disk does. */
export class MemoryCheckpoints implements CheckpointStore {
  readonly everyMs: number;
  readonly kept = new Map<string, Uint8Array>();
  onKeep: (name: string) => void = () => undefined;

  constructor(everyMs = 0) {
    this.everyMs = everyMs;
  }

  load(name: string): Promise<Uint8Array | null> {
    return Promise.resolve(this.kept.get(name) ?? null);
  }

  async keep(name: string, bytes: Uint8Array): Promise<void> {
    await Promise.resolve();
    this.onKeep(name);
    this.kept.set(name, bytes.slice());
  }
}
