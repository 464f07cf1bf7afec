import { jobs } from '#app/jobs.ts';
import { toFailure, type FailureData } from '#core/errors.ts';
import type { Prediction } from '#core/prediction.ts';
import type { TypedRecord } from './record-form.ts';

/** Long enough for a number to be typed, short enough to feel like an answer. */
const SETTLE_MS = 150;

/** The prediction for the record in the form: the latest question's answer, older ones are dropped. */
export class LivePrediction {
  #answer: Prediction | null = $state.raw(null);
  #failure: FailureData | null = $state.raw(null);
  #waiting = $state(false);
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  get answer(): Prediction | null {
    return this.#answer;
  }
  get failure(): FailureData | null {
    return this.#failure;
  }
  get waiting(): boolean {
    return this.#waiting;
  }

  ask(runId: string, candidate: string, record: TypedRecord): void {
    this.#turn += 1;
    const turn = this.#turn;
    this.#waiting = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#predict(turn, runId, candidate, record), SETTLE_MS);
  }

  async #predict(
    turn: number,
    runId: string,
    candidate: string,
    record: TypedRecord,
  ): Promise<void> {
    try {
      const [answer = null] = await jobs.predict({ runId, candidate, records: [record] });
      if (turn !== this.#turn) return;
      this.#answer = answer;
      this.#failure = null;
    } catch (thrown) {
      if (turn !== this.#turn) return;
      this.#answer = null;
      this.#failure = toFailure(thrown);
    }
    this.#waiting = false;
  }
}
