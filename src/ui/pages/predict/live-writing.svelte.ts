import { jobs } from '#app/jobs.ts';
import type { Job } from '#app/job.ts';
import { toFailure, type FailureData } from '#core/errors.ts';
import type { Writing } from '#core/language/write-text.ts';

export interface WritingOrder {
  readonly runId: string;
  readonly candidate: string;
  readonly writing: Writing;
}

/** What a language model writes, as it is written: the latest order's. */
export class LiveWriting {
  #order: WritingOrder | null = $state.raw(null);
  #job: Job<{ readonly text: string }> | null = $state.raw(null);
  #text = $state('');
  #count = $state(0);
  #failure: FailureData | null = $state.raw(null);

  /** What was asked for; null before anything was. */
  get order(): WritingOrder | null {
    return this.#order;
  }
  /** What is there of it, without the beginning. */
  get text(): string {
    return this.#text;
  }
  /** Characters of it: code points. */
  get count(): number {
    return this.#count;
  }
  get isWriting(): boolean {
    return this.#job !== null;
  }
  get failure(): FailureData | null {
    return this.#failure;
  }

  async write(order: WritingOrder): Promise<void> {
    await this.stop();
    this.#order = order;
    this.#take('');
    this.#failure = null;
    const job = jobs.writeText(order, (piece) => this.#take(this.#text + piece));
    this.#job = job;
    try {
      // Pieces come by a way of their own, on which the last ones may still be.
      const { text } = await job.done;
      this.#take(text);
    } catch (thrown) {
      const reason = toFailure(thrown);
      if (reason.kind !== 'cancelled') this.#failure = reason;
    } finally {
      if (this.#job === job) this.#job = null;
    }
  }

  #take(text: string): void {
    this.#text = text;
    this.#count = Array.from(text).length;
  }

  /** Ends the writing; what was written stays. */
  async stop(): Promise<void> {
    await this.#job?.cancel();
  }
}
