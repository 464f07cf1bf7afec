import type { BackendInfo } from '#core/engine.ts';
import { toFailure, type FailureData } from '#core/errors.ts';
import type { ProbeResult } from '#core/protocol.ts';
import { jobs } from './jobs.ts';

/** What this device computes with: known once a run has started or the backends were timed. */
class Backend {
  #last: BackendInfo | null = $state.raw(null);
  #probe: ProbeResult | null = $state.raw(null);
  #probing = $state(false);
  #failure: FailureData | null = $state.raw(null);

  /** The backend of the latest run in this tab. */
  get last(): BackendInfo | null {
    return this.#last;
  }

  get probe(): ProbeResult | null {
    return this.#probe;
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
      this.#probe = await jobs.probe();
    } catch (thrown) {
      this.#failure = toFailure(thrown);
    } finally {
      this.#probing = false;
    }
  }
}

export const backend = new Backend();
