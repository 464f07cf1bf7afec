/** Batches that are handed out at once should take so many milliseconds: a pause waits no longer. */
const TURN_MS = 200;

/** How many batches to hand out at once, from the time that the last ones took. */
export class Pace {
  #perTurn = 1;

  /** @returns at least 1, at most as many as there are left */
  next(left: number): number {
    return Math.min(left, this.#perTurn);
  }

  /** Does the work of so many batches, and learns from the time that it takes. */
  async time<Result>(batches: number, work: () => Promise<Result>): Promise<Result> {
    const start = performance.now();
    const result = await work();
    const each = (performance.now() - start) / batches;
    const fitting = Math.floor(TURN_MS / Math.max(each, 1e-3));
    this.#perTurn = Math.max(1, Math.min(fitting, 4 * this.#perTurn));
    return result;
  }
}
