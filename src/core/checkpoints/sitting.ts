import * as v from 'valibot';
import { toFailure } from '#core/errors.ts';
import { unlessAborted } from '#core/job-queue.ts';
import type { PauseGate } from '#core/pause-gate.ts';
import type { RunEvent } from '#core/run-events.ts';
import { resumedSchema, type Resumed } from '#core/spec/resumed.ts';
import type { CheckpointStore } from './checkpoint-store.ts';
import { decodeKept, encodeKept, type Kept } from './kept-bytes.ts';
import type { Place } from './place.ts';
import { WorkClock } from './work-clock.ts';

export interface SittingOptions {
  /** Without it nothing is kept. */
  readonly checkpoints?: CheckpointStore;
  /** Without it nobody pauses. */
  readonly gate?: PauseGate;
  /** As `runIdentity` gives it. */
  readonly identity: string;
  readonly signal: AbortSignal;
  readonly onEvent: (event: RunEvent) => void;
}

/** What is known of the sittings before this one. */
const journalSchema = v.object({
  createdAt: v.string(),
  workedMs: v.number(),
  resumed: v.array(resumedSchema),
});
type Journal = v.InferOutput<typeof journalSchema>;
const JOURNAL = 'run';

/**
 * One stretch of a run, from its start to its end or to where it is interrupted: it takes up what the stretch before
 * left in the store, and leaves what the next one needs.
 */
export class Sitting {
  readonly clock = new WorkClock();
  readonly #options: SittingOptions;
  readonly #warnings: string[] = [];
  #before: Journal = { createdAt: new Date().toISOString(), workedMs: 0, resumed: [] };
  /** All that is in the store is another run's. */
  #isAnew = false;
  #isFull = false;

  private constructor(options: SittingOptions) {
    this.#options = options;
  }

  /** Never throws because of what is in the store: what cannot be used is left aside, with a warning. */
  static async begin(options: SittingOptions): Promise<Sitting> {
    const sitting = new Sitting(options);
    const journal = v.safeParse(journalSchema, (await sitting.load(JOURNAL, 'the run'))?.about);
    if (journal.success) {
      const { createdAt, workedMs, resumed } = journal.output;
      const at = new Date().toISOString();
      sitting.#before = { createdAt, workedMs, resumed: [...resumed, { at }] };
    }
    await sitting.#keepJournal();
    return sitting;
  }

  /** When the first sitting began. */
  get createdAt(): string {
    return this.#before.createdAt;
  }

  /** Milliseconds of work over all sittings, without pauses. */
  get workedMs(): number {
    return Math.round(this.#before.workedMs + this.clock.ms);
  }

  /** Milliseconds of work in the sittings before this one. */
  get workedBeforeMs(): number {
    return this.#before.workedMs;
  }

  get resumed(): readonly Resumed[] {
    return this.#before.resumed;
  }

  get warnings(): readonly string[] {
    return this.#warnings;
  }

  get everyMs(): number {
    return this.#options.checkpoints?.everyMs ?? Infinity;
  }

  get isPaused(): boolean {
    return this.#options.gate?.closed === true;
  }

  /**
   * Waits while a person has paused the run; the clock stands still.
   * @throws TerrariumError `cancelled`
   */
  async mayGoOn(): Promise<void> {
    const { gate, signal, onEvent } = this.#options;
    if (gate?.closed !== true) return;
    this.clock.rest();
    await this.#keepJournal();
    onEvent({ type: 'paused' });
    await unlessAborted(gate.passed(), signal);
    this.clock.goOn();
    onEvent({ type: 'unpaused' });
  }

  /**
   * What was kept under a name; null where nothing was, or nothing that can be used.
   * @param what it is, for the sentence that says so
   */
  async load(name: string, what: string): Promise<Kept | null> {
    const { checkpoints: store, identity } = this.#options;
    if (this.#isAnew) return null;
    try {
      const bytes = (await store?.load(name)) ?? null;
      if (bytes === null) return null;
      const kept = await decodeKept(`${identity}/${name}`, bytes);
      if (typeof kept === 'object') return kept;
      this.refuse(what, reasons[kept]);
      this.#isAnew = name === JOURNAL && kept === 'foreign';
    } catch (thrown) {
      this.refuse(what, `it could not be read: ${toFailure(thrown).message}`);
    }
    return null;
  }

  /** Keeps something in the place of what was there; where there is no room, the run goes on without, and says so once. */
  async keep(name: string, kept: Kept): Promise<void> {
    await this.#write(name, kept);
    await this.#keepJournal();
  }

  /** What was kept is not used. */
  refuse(what: string, reason: string): void {
    this.#warn(`What was kept of ${what} was not used, since ${reason}: it began anew.`);
  }

  /** A training goes on from its checkpoint. */
  wentOn({ candidate, fold }: Place, epoch: number): void {
    const { resumed } = this.#before;
    const last = resumed.at(-1) ?? { at: new Date().toISOString() };
    if (last.candidate !== undefined) return;
    const where = { candidate, ...(fold === null ? {} : { fold }), epoch };
    this.#before = { ...this.#before, resumed: [...resumed.slice(0, -1), { ...last, ...where }] };
  }

  async #keepJournal(): Promise<void> {
    const about = { ...this.#before, workedMs: this.workedMs };
    await this.#write(JOURNAL, { about, arrays: [] });
  }

  async #write(name: string, kept: Kept): Promise<void> {
    const { checkpoints: store, identity } = this.#options;
    if (store === undefined) return;
    try {
      await store.keep(name, await encodeKept(`${identity}/${name}`, kept));
    } catch (thrown) {
      if (this.#isFull) return;
      this.#isFull = true;
      this.#warn(
        `A checkpoint could not be kept: ${toFailure(thrown).message} The run goes on; if it is interrupted, it may begin further back.`,
      );
    }
  }

  #warn(message: string): void {
    this.#warnings.push(message);
    this.#options.onEvent({ type: 'warning', message });
  }
}

const reasons = {
  damaged: 'it is damaged',
  foreign: 'it belongs to another spec, data, backend or version',
} as const;
