/** Milliseconds of work since it was made; it stands still while the work is paused. */
export class WorkClock {
  readonly #now: () => number;
  readonly #start: number;
  #restedMs = 0;
  #restsSince: number | null = null;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#start = now();
  }

  get ms(): number {
    return (this.#restsSince ?? this.#now()) - this.#start - this.#restedMs;
  }

  rest(): void {
    this.#restsSince ??= this.#now();
  }

  goOn(): void {
    if (this.#restsSince !== null) this.#restedMs += this.#now() - this.#restsSince;
    this.#restsSince = null;
  }
}
