import type { BackendInfo } from '#core/engine.ts';
import { toFailure, type FailureData } from '#core/errors.ts';
import type { EpochEvent } from '#core/models/estimator.ts';
import type { LayersSeen } from '#core/models/layer-look.ts';
import type { TrainingPulse } from '#core/models/training-pulse.ts';
import type { CandidateStage, RunEvent } from '#core/run-events.ts';
import type { CandidateRecord } from '#core/spec/candidate-record.ts';

/** What is known of one candidate while the run goes on. */
export interface CandidateProgress {
  readonly name: string;
  readonly stage: 'waiting' | CandidateStage | 'done' | 'failed';
  /** The training curve so far. */
  readonly history: readonly EpochEvent[];
  /** Milliseconds its training took so far, and still takes at most; null before the first epoch. */
  readonly elapsedMs: number | null;
  readonly etaMs: number | null;
  /** How its training goes, from the first time that it told. */
  readonly pulse: TrainingPulse | null;
  /** What its layers held when a person last asked; null where nobody did. */
  readonly seen: LayersSeen | null;
  /** The cross-validation, once it is under way: which round of how many, the share that is done, and the last epoch. */
  readonly folds: Pick<FoldEvent, 'fold' | 'folds' | 'done' | 'epoch'> | null;
  /** Why it failed, where it did. */
  readonly error: string | null;
  /** There when it is done. */
  readonly record: CandidateRecord | null;
}

type FoldEvent = Extract<RunEvent, { type: 'fold' }>;

export type WentOn = Pick<Extract<RunEvent, { type: 'resumed' }>, 'candidate' | 'fold' | 'epoch'>;

type ProgressStatus =
  'running' | 'pausing' | 'paused' | 'cancelling' | 'finished' | 'cancelled' | 'failed';

/** Whether its worker may still be told something. */
function isUnderWay(status: ProgressStatus): boolean {
  return status === 'running' || status === 'pausing' || status === 'paused';
}

/** A run in this tab as its events tell it. Events are gathered and shown once a frame. */
export class RunProgress {
  readonly runId: string;
  #candidates: readonly CandidateProgress[] = $state.raw([]);
  #backend: BackendInfo | null = $state.raw(null);
  #rows: { readonly train: number; readonly validation: number; readonly test: number } | null =
    $state.raw(null);
  #images: Extract<RunEvent, { type: 'images' }> | null = $state.raw(null);
  #warnings: readonly string[] = $state.raw([]);
  #status: ProgressStatus = $state('running');
  #wentOn: WentOn | null = $state.raw(null);
  /** Milliseconds of work until the present stretch began, and when it did; null while nothing is done. */
  #worked: { readonly ms: number; readonly since: number | null } = $state.raw({
    ms: 0,
    since: null,
  });
  #failure: FailureData | null = $state.raw(null);
  #isLooking = $state(false);
  #waiting: RunEvent[] = [];

  constructor(runId: string) {
    this.runId = runId;
  }

  get candidates(): readonly CandidateProgress[] {
    return this.#candidates;
  }
  get backend(): BackendInfo | null {
    return this.#backend;
  }
  get rows() {
    return this.#rows;
  }
  /** How many images are decoded, of all; null where there are none. */
  get images() {
    return this.#images;
  }
  get warnings(): readonly string[] {
    return this.#warnings;
  }
  get status() {
    return this.#status;
  }
  get failure(): FailureData | null {
    return this.#failure;
  }

  /** Where a training went on after the run was interrupted; null where none did. */
  get wentOn(): WentOn | null {
    return this.#wentOn;
  }

  /** Milliseconds of work so far, without pauses; null before it began. */
  elapsedMs(now: number): number | null {
    const { ms, since } = this.#worked;
    if (since === null) return this.#candidates.length === 0 ? null : ms;
    return ms + Math.max(0, now - since);
  }

  /** Whether the layers were asked for and are not there yet. */
  get isLooking(): boolean {
    return this.#isLooking;
  }

  looking(): void {
    this.#isLooking = true;
  }

  hear(event: RunEvent): void {
    this.#waiting.push(event);
    // A timer and not a frame: a hidden tab has none, and its run goes on.
    if (this.#waiting.length === 1) setTimeout(() => this.#show(), 16);
  }

  cancelling(): void {
    if (isUnderWay(this.#status)) this.#status = 'cancelling';
  }

  pausing(): void {
    if (this.#status === 'running') this.#status = 'pausing';
  }

  goingOn(): void {
    if (this.#status === 'pausing' || this.#status === 'paused') this.#status = 'running';
  }

  end(): void {
    this.#show();
    this.#status = 'finished';
  }

  fail(thrown: unknown): void {
    this.#show();
    const failure = toFailure(thrown);
    this.#status = failure.kind === 'cancelled' ? 'cancelled' : 'failed';
    this.#failure = failure.kind === 'cancelled' ? null : failure;
  }

  #show(): void {
    const events = this.#waiting;
    this.#waiting = [];
    for (const event of events) this.#apply(event);
  }

  #apply(event: RunEvent): void {
    switch (event.type) {
      case 'started':
        this.#backend = event.backend;
        this.#rows = event.rows;
        this.#worked = { ms: event.workedMs, since: Date.now() };
        this.#candidates = event.candidates.map(waiting);
        break;
      case 'stage':
        // How it went and what its layers held was its own training's; a cross-validation begins anew.
        this.#change(event.candidate, (candidate) => ({
          ...candidate,
          stage: event.stage,
          ...(event.stage === 'folds' ? { pulse: null, seen: null } : {}),
        }));
        break;
      case 'epoch':
        this.#change(event.candidate, (candidate) => ({
          ...candidate,
          history: [...candidate.history, event],
          elapsedMs: event.elapsedMs,
          etaMs: event.etaMs,
        }));
        break;
      case 'pulse':
        this.#change(event.candidate, (candidate) => ({
          ...candidate,
          pulse: event,
          elapsedMs: event.elapsedMs,
          etaMs: event.etaMs,
        }));
        break;
      case 'layers':
        this.#isLooking = false;
        this.#change(event.candidate, (candidate) => ({ ...candidate, seen: event }));
        break;
      case 'fold': {
        const { fold, folds, done, epoch, etaMs } = event;
        this.#change(event.candidate, (candidate) => ({
          ...candidate,
          // Between two rounds the figures of the last epoch stay.
          folds: { fold, folds, done, epoch: epoch ?? candidate.folds?.epoch ?? null },
          etaMs,
        }));
        break;
      }
      case 'candidate':
        this.#change(event.candidate, (candidate) => ({
          ...candidate,
          stage: 'done',
          history: candidate.history.length === 0 ? curveOf(event.record) : candidate.history,
          record: event.record,
        }));
        break;
      case 'failed':
        this.#change(event.candidate, (candidate) => ({
          ...candidate,
          stage: 'failed',
          error: event.error.message,
        }));
        break;
      case 'images':
        this.#images = event;
        break;
      case 'resumed': {
        const { candidate, fold, epoch, history } = event;
        this.#wentOn = { candidate, fold, epoch };
        if (fold === null) this.#change(candidate, (one) => ({ ...one, history }));
        break;
      }
      case 'paused':
        this.#worked = { ms: this.elapsedMs(Date.now()) ?? 0, since: null };
        if (this.#status === 'pausing') this.#status = 'paused';
        break;
      case 'unpaused':
        this.#worked = { ...this.#worked, since: Date.now() };
        break;
      case 'warning':
        this.#warnings = [...this.#warnings, event.message];
        break;
      case 'finished':
        break;
    }
  }

  #change(name: string, change: (candidate: CandidateProgress) => CandidateProgress): void {
    this.#candidates = this.#candidates.map((candidate) =>
      candidate.name === name ? change(candidate) : candidate,
    );
  }
}

/** Of one that an earlier sitting brought to its end, which tells no epochs any more. */
function curveOf({ history }: CandidateRecord): readonly EpochEvent[] {
  const epochs = history.at(-1)?.epoch ?? 0;
  return history.map((point) => ({ ...point, epochs }));
}

/** A candidate whose turn has not come. */
export function waiting(name: string): CandidateProgress {
  return {
    name,
    stage: 'waiting',
    history: [],
    elapsedMs: null,
    etaMs: null,
    pulse: null,
    seen: null,
    folds: null,
    error: null,
    record: null,
  };
}
