import type { Checkpoint, CheckpointMoment } from './checkpoint.ts';
import type { Kept } from './kept-bytes.ts';
import { keyOf, placeText, type Place } from './place.ts';
import type { Sitting } from './sitting.ts';
import { keptState, stateOf, type TrainingState } from './training-state.ts';

/** At the end of each epoch a checkpoint is due, but where epochs are so short that this took more than a tenth of the time. */
const REST_AFTER_KEEPING = 9;

/** How a result is written down and read again. */
export interface ResultForm<Result> {
  write(result: Result): Kept;
  /** Null where it is no such result. */
  read(kept: Kept): Result | null;
}

/**
 * A piece of a run's work that is done once: a training with the measuring of its model. Either it has not begun, or its
 * training is under way, or its result is there; the store holds what there is, under one name.
 */
export class Piece {
  readonly place: Place;
  readonly #sitting: Sitting;
  #kept: Kept | null;
  #keptAtMs: number;
  /** When a checkpoint was due, and how long the last one then took, its weights' way from the device among it. */
  #dueAtMs = 0;
  #tookMs = 0;
  #isKeptForPause = false;

  private constructor(sitting: Sitting, place: Place, kept: Kept | null) {
    this.place = place;
    this.#sitting = sitting;
    this.#kept = kept;
    this.#keptAtMs = sitting.clock.ms;
  }

  static async open(sitting: Sitting, place: Place): Promise<Piece> {
    return new Piece(sitting, place, await sitting.load(keyOf(place), placeText(place)));
  }

  /** Whether there is a store to keep it in. */
  get isKept(): boolean {
    return this.#sitting.everyMs < Infinity;
  }

  /** Milliseconds of work in this sitting. */
  get ms(): number {
    return this.#sitting.clock.ms;
  }

  /** Where its training was interrupted; null where it has not begun. */
  get interrupted(): TrainingState | null {
    return this.#kept === null ? null : stateOf(this.#kept);
  }

  /** The result that an earlier sitting came to, else the work's, which is kept for the next sitting. */
  async result<Result>(form: ResultForm<Result>, work: () => Promise<Result>): Promise<Result> {
    const { about, arrays } = this.#kept ?? { about: null, arrays: [] };
    if (isResult(about)) {
      const found = form.read({ about: about.result, arrays });
      if (found !== null) return found;
      this.#sitting.refuse(placeText(this.place), 'it is no result that this version reads');
    }
    const result = await work();
    const written = form.write(result);
    const kept = { about: { kind: 'result', result: written.about }, arrays: written.arrays };
    await this.#sitting.keep(keyOf(this.place), kept);
    return result;
  }

  /** What was kept of its training is of no use, since the trainer fails with it. */
  beginAnew(thrown: unknown): void {
    this.#sitting.refuse(placeText(this.place), `it did not train on: ${String(thrown)}`);
    this.#kept = null;
  }

  /** Whether a checkpoint should be kept now. */
  due(after: CheckpointMoment): boolean {
    const { isPaused, everyMs } = this.#sitting;
    if (!isPaused) this.#isKeptForPause = false;
    if (isPaused && this.isKept) return !this.#isKeptForPause;
    const leastMs = after === 'epoch' ? REST_AFTER_KEEPING * this.#tookMs : everyMs;
    const now = this.ms;
    this.#dueAtMs = now;
    return this.isKept && now - this.#keptAtMs >= Math.min(leastMs, everyMs);
  }

  async keep(checkpoint: Checkpoint, epoch: number, trainMs: number): Promise<void> {
    this.#isKeptForPause = this.#sitting.isPaused;
    await this.#sitting.keep(keyOf(this.place), keptState({ checkpoint, epoch, trainMs }));
    this.#keptAtMs = this.ms;
    this.#tookMs = this.#keptAtMs - this.#dueAtMs;
  }

  mayGoOn(): Promise<void> {
    return this.#sitting.mayGoOn();
  }

  /** Its training goes on from after an epoch. */
  wentOn(epoch: number): void {
    this.#sitting.wentOn(this.place, epoch);
  }
}

function isResult(about: unknown): about is { readonly result: unknown } {
  return typeof about === 'object' && about !== null && 'kind' in about && about.kind === 'result';
}
