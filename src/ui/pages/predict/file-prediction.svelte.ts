import { jobs } from '#app/jobs.ts';
import type { Job } from '#app/job.ts';
import type { Reading, ReadSettings } from '#core/data/read/settings.ts';
import { toFailure, unwrap, type FailureData } from '#core/errors.ts';
import type { PredictedFile } from '#core/protocol/infer-worker.ts';

interface FileToPredict {
  readonly runId: string;
  readonly candidate: string;
  readonly file: File;
  /** What is settled about how the file is read. */
  readonly settings: ReadSettings;
}

/** What came of a file: predictions, or why there are none. */
interface Outcome {
  readonly asked: FileToPredict;
  /** How it was read; null where it could not be. */
  readonly reading: Reading | null;
  readonly predicted: PredictedFile | null;
  readonly failure: FailureData | null;
}

/** Predicting from a file, one at a time, and from the same file read in another way: what a page shows of it. */
export class FilePrediction {
  #job: Job<unknown> | null = $state.raw(null);
  #asked: FileToPredict | null = $state.raw(null);
  #outcome: Outcome | null = $state.raw(null);
  #refusal: FailureData | null = $state.raw(null);

  get busy(): boolean {
    return this.#job !== null;
  }

  /** The file that is predicted from now. */
  get name(): string {
    return this.#asked?.file.name ?? '';
  }

  /** What came of the latest file as it was read last; null before there is one. */
  get outcome(): Outcome | null {
    return this.#outcome;
  }

  /** Why the file could not be predicted from when it was read anew; its outcome stays as it was. */
  get failure(): FailureData | null {
    return this.#refusal;
  }

  async predict(asked: FileToPredict): Promise<void> {
    await this.cancel();
    this.#outcome = null;
    this.#outcome = await this.#outcomeOf(asked);
  }

  /**
   * Predicts from the latest file once more, read in another way.
   * @returns whether it could; where it could not, see `failure`
   */
  async predictAgain(
    of: Pick<FileToPredict, 'runId' | 'candidate'>,
    settings: ReadSettings,
  ): Promise<boolean> {
    const before = this.#outcome;
    if (before === null) return false;
    await this.cancel();
    const outcome = await this.#outcomeOf({ ...before.asked, ...of, settings });
    if (outcome === null) return false;
    if (outcome.failure !== null) {
      this.#refusal = outcome.failure;
      return false;
    }
    this.#outcome = outcome;
    return true;
  }

  /** Ends what is under way, and forgets why a reading was refused. */
  async cancel(): Promise<void> {
    this.#refusal = null;
    await this.#job?.cancel();
  }

  /** @returns null where it was cancelled */
  async #outcomeOf(asked: FileToPredict): Promise<Outcome | null> {
    const job = jobs.predictFile(asked);
    this.#job = job;
    this.#asked = asked;
    let reading: Reading | null = null;
    try {
      const done = await job.done;
      ({ reading } = done);
      return { asked, reading, predicted: unwrap(done.predicted), failure: null };
    } catch (thrown) {
      const failure = toFailure(thrown);
      return failure.kind === 'cancelled' ? null : { asked, reading, predicted: null, failure };
    } finally {
      if (this.#job === job) this.#job = null;
    }
  }
}
