/** A page need not hear more often. */
const EVERY_MS = 250;

/** Counts the rows of a training, and says how many a second these were. */
export class PulseBeat {
  #rows = 0;
  #workedMs = 0;

  /**
   * @param workedMs that they took
   * @returns rows a second since it last said so; null where that is not long ago
   */
  count(rows: number, workedMs: number): number | null {
    this.#rows += rows;
    this.#workedMs += workedMs;
    if (this.#workedMs < EVERY_MS) return null;
    const rate = (1000 * this.#rows) / this.#workedMs;
    [this.#rows, this.#workedMs] = [0, 0];
    return rate;
  }
}
