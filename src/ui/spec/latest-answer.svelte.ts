import { toFailure, type FailureData } from '#core/errors.ts';

/** Long enough for a number to be typed. */
const SETTLE_MS = 250;

/** A worker's answer to a question that changes while a person types: the latest one's, older ones are dropped. */
export class LatestAnswer<Answer> {
  #answer: Answer | null = $state.raw(null);
  #waiting = $state(false);
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Null until it is known, and where there is none. */
  get answer(): Answer | null {
    return this.#answer;
  }

  /** The answer is an older question's. */
  get waiting(): boolean {
    return this.#waiting;
  }

  /** @param onAnswered hears why there is no answer, or null where there is one */
  askFor(question: () => Promise<Answer>, onAnswered: (refusal: FailureData | null) => void): void {
    const turn = this.drop();
    this.#waiting = true;
    this.#timer = setTimeout(() => void this.#hear(turn, question, onAnswered), SETTLE_MS);
  }

  /** No answer is wanted any more. */
  drop(): number {
    clearTimeout(this.#timer);
    this.#waiting = false;
    this.#turn += 1;
    return this.#turn;
  }

  async #hear(
    turn: number,
    question: () => Promise<Answer>,
    onAnswered: (refusal: FailureData | null) => void,
  ): Promise<void> {
    let answer: Answer | null = null;
    let refusal: FailureData | null = null;
    try {
      answer = await question();
    } catch (thrown) {
      refusal = toFailure(thrown);
    }
    if (turn !== this.#turn) return;
    this.#answer = answer;
    this.#waiting = false;
    onAnswered(refusal);
  }
}
