import type { EpochEvent, TrainingInput } from '#core/models/estimator.ts';
import type { TrainingPulse } from '#core/models/training-pulse.ts';
import type { Checkpoint, CheckpointMoment } from './checkpoint.ts';
import type { Piece } from './piece.ts';
import type { TrainingState } from './training-state.ts';
import { WorkClock } from './work-clock.ts';

/** Who hears how a training goes. */
export interface CourseListener {
  onEpoch(event: EpochEvent, elapsedMs: number): void;
  onPulse?(pulse: TrainingPulse, elapsedMs: number): void;
  /** It goes on from after an epoch; the points of its curve up to there are not told one by one. */
  onResumed?(epoch: number, history: readonly EpochEvent[]): void;
}

/** A training on its way: its time and curve over all sittings, and its checkpoints. */
export class TrainingCourse {
  readonly #piece: Piece | undefined;
  readonly #listener: CourseListener;
  readonly #before: TrainingState | null;
  readonly #clock: { readonly ms: number };
  readonly #startMs: number;
  readonly #history: EpochEvent[] = [];

  /** @param piece where it keeps checkpoints and is paused; neither where absent */
  constructor(piece: Piece | undefined, listener: CourseListener) {
    this.#piece = piece;
    this.#listener = listener;
    this.#before = piece?.interrupted ?? null;
    this.#clock = piece ?? new WorkClock();
    this.#startMs = this.#clock.ms;
    if (this.#before?.epoch === 0) this.#tellResumed(0);
  }

  /** Milliseconds that the training took, without pauses. */
  get elapsedMs(): number {
    return (this.#before?.trainMs ?? 0) + this.#clock.ms - this.#startMs;
  }

  get history(): readonly EpochEvent[] {
    return this.#history;
  }

  /** What the trainer gets of it. */
  get given(): Pick<TrainingInput, 'checkpoints' | 'mayGoOn' | 'onPulse'> {
    const piece = this.#piece;
    const onPulse = (pulse: TrainingPulse): void => this.#listener.onPulse?.(pulse, this.elapsedMs);
    if (piece === undefined) return { onPulse };
    const mayGoOn = (): Promise<void> => piece.mayGoOn();
    if (!piece.isKept) return { mayGoOn, onPulse };
    const checkpoints = {
      last: this.#before?.checkpoint ?? null,
      due: (after: CheckpointMoment) => piece.due(after),
      keep: (checkpoint: Checkpoint) =>
        piece.keep(checkpoint, this.#history.at(-1)?.epoch ?? 0, this.elapsedMs),
    };
    return { mayGoOn, onPulse, checkpoints };
  }

  /** The next point of the curve; one that goes on tells those of before again. */
  hear(event: EpochEvent): void {
    this.#history.push(event);
    const known = this.#before?.epoch ?? 0;
    if (event.epoch > known) this.#listener.onEpoch(event, this.elapsedMs);
    else if (event.epoch === known) this.#tellResumed(known);
  }

  async mayGoOn(): Promise<void> {
    await this.#piece?.mayGoOn();
  }

  #tellResumed(epoch: number): void {
    this.#piece?.wentOn(epoch);
    this.#listener.onResumed?.(epoch, [...this.#history]);
  }
}
