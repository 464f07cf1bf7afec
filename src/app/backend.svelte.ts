import type { BackendInfo } from '#core/engine.ts';
import { toFailure, type FailureData } from '#core/errors.ts';
import type { ProbeResult } from '#core/protocol/train-worker.ts';
import { probeSetting } from '#storage/backend-probe.ts';
import { observeSetting } from '#storage/settings.ts';
import { database } from './database.ts';
import { jobs } from './jobs.ts';
import { Live } from './live.ts';

/** What this device computes with: known once a run has started or the backends were timed. */
class Backend {
  readonly #probe = new Live<ProbeResult | null>(
    observeSetting(database, probeSetting(navigator.userAgent)),
  );
  #last: BackendInfo | null = $state.raw(null);
  #probing = $state(false);
  #failure: FailureData | null = $state.raw(null);

  /** The backend of the latest run in this tab. */
  get last(): BackendInfo | null {
    return this.#last;
  }

  /** The latest timing on this device, by whichever tab or run; null before the first. */
  get probe(): ProbeResult | null {
    return this.#probe.value ?? null;
  }

  get probing(): boolean {
    return this.#probing;
  }

  get failure(): FailureData | null {
    return this.#failure;
  }

  used(info: BackendInfo): void {
    this.#last = info;
  }

  /** Times the backends; takes a second or more. */
  async measure(): Promise<void> {
    if (this.#probing) return;
    this.#probing = true;
    this.#failure = null;
    try {
      await jobs.probe();
    } catch (thrown) {
      this.#failure = toFailure(thrown);
    } finally {
      this.#probing = false;
    }
  }
}

export const backend = new Backend();
