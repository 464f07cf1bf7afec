import type { Finding } from '#core/data/audit/finding.ts';
import { toFailure, type FailureData } from '#core/errors.ts';
import type { AuditProgress } from '#core/protocol/data-worker.ts';
import type { Spec } from '#core/spec/spec.ts';
import { jobs } from './jobs.ts';
import type { Job } from './job.ts';
import { localDate } from './local-date.ts';

/** What the audit of a version is asked: for which target, under which spec. */
export interface AuditQuestion {
  readonly target?: string;
  readonly spec?: Spec;
}

/** Long enough for a number to be typed, and for the profile to be asked for first. */
const SETTLE_MS = 400;

/** The audit of one version of a data set: the latest question's findings, found in the worker while one looks. */
export class DatasetAudit {
  readonly #of: { readonly datasetId: string; readonly version: number };
  #findings: readonly Finding[] | null = $state.raw(null);
  #wanted: string | null = $state.raw(null);
  /** What the findings answer. */
  #answered: string | null = $state.raw(null);
  #job: Job<readonly Finding[]> | null = $state.raw(null);
  #progress: AuditProgress | null = $state.raw(null);
  #failure: FailureData | null = $state.raw(null);
  #stopped = $state(false);
  #watchers = 0;
  #isRetry = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(of: { readonly datasetId: string; readonly version: number }) {
    this.#of = of;
  }

  /** The severe first; null until there are any to tell. */
  get findings(): readonly Finding[] | null {
    return this.#findings;
  }

  /** The findings are of an older question. */
  get outdated(): boolean {
    return this.#findings !== null && this.#answered !== this.#wanted;
  }

  get busy(): boolean {
    return this.#job !== null;
  }

  get progress(): AuditProgress | null {
    return this.#progress;
  }

  get failure(): FailureData | null {
    return this.#failure;
  }

  /** The person stopped it, and can have it done again. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** Answers when questions pause; what is answered, or failed or was stopped, is not asked again by itself. */
  ask(question: AuditQuestion): void {
    const wanted = keyOf(question);
    if (wanted === this.#wanted && (this.#timer !== undefined || this.#isSettled)) return;
    this.#wanted = wanted;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (wanted === this.#answered) {
      this.#failure = null;
      this.#stopped = false;
      void this.#job?.cancel();
      return;
    }
    this.#timer = setTimeout(() => void this.again(question), SETTLE_MS);
  }

  async again(question: AuditQuestion): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const wanted = keyOf(question);
    this.#wanted = wanted;
    this.#failure = null;
    this.#stopped = false;
    this.#progress = null;
    await this.#job?.cancel();
    if (this.#wanted !== wanted) return;
    const query = { ...this.#of, ...question, today: localDate(Date.now()) };
    const job = jobs.auditDataset(query, (progress) => {
      if (this.#job === job) this.#progress = progress;
    });
    this.#job = job;
    try {
      const findings = await job.done;
      if (this.#job !== job) return;
      this.#findings = findings;
      this.#answered = wanted;
      this.#isRetry = false;
    } catch (thrown) {
      if (this.#job === job) this.#fail(toFailure(thrown), question);
    } finally {
      if (this.#job === job) this.#job = null;
    }
  }

  /** A worker that was ended for a job beside it took this one along: then it is asked once more. */
  #fail(failure: FailureData, question: AuditQuestion): void {
    if (failure.kind === 'cancelled') return;
    if (failure.code === 'worker_restarted' && !this.#isRetry) {
      this.#isRetry = true;
      this.#timer = setTimeout(() => void this.again(question), SETTLE_MS);
    } else {
      this.#isRetry = false;
      this.#failure = failure;
    }
  }

  async stop(): Promise<void> {
    this.#stopped = this.#job !== null;
    await this.#job?.cancel();
  }

  /**
   * Someone looks, until the function that this returns is called. When nobody does any more, what is under way ends,
   * and is asked anew by the next who looks. A page that opens may look before the one that closes looks away.
   */
  attend(): () => void {
    this.#watchers += 1;
    return () => {
      this.#watchers -= 1;
      if (this.#watchers === 0) this.#leave();
    };
  }

  #leave(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void this.#job?.cancel();
    this.#job = null;
    this.#wanted = this.#answered;
  }

  get #isSettled(): boolean {
    const isAnswered = this.#wanted === this.#answered;
    return isAnswered || this.#job !== null || this.#failure !== null || this.#stopped;
  }
}

/** What of a spec an audit reads: a draft's candidates, steps and metric may change without another. */
function keyOf({ target, spec }: AuditQuestion): string {
  if (spec === undefined) return JSON.stringify({ target });
  const { task, columns, rows, split, seed } = spec;
  return JSON.stringify({ target: spec.target, task, columns, rows, split, seed });
}
