import type { BackendInfo } from '#core/engine.ts';
import { toFailure, type FailureData } from '#core/errors.ts';
import type { RunEvent } from '#core/run-events.ts';
import {
  progressed,
  waiting,
  type CandidateEvent,
  type CandidateProgress,
} from './candidate-progress.ts';

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
      case 'epoch':
      case 'pulse':
      case 'fold':
      case 'candidate':
      case 'failed':
        this.#tell(event);
        break;
      case 'layers':
        this.#isLooking = false;
        this.#tell(event);
        break;
      case 'images':
        this.#images = event;
        break;
      case 'resumed': {
        const { candidate, fold, epoch } = event;
        this.#wentOn = { candidate, fold, epoch };
        this.#tell(event);
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

  #tell(event: CandidateEvent): void {
    this.#candidates = this.#candidates.map((one) =>
      one.name === event.candidate ? progressed(one, event) : one,
    );
  }
}
