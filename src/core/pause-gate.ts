/** What a run passes at every step, and where it waits while a person has paused it. */
export class PauseGate {
  #opened: Promise<void> | null = null;
  #open: () => void = () => {};

  get closed(): boolean {
    return this.#opened !== null;
  }

  close(): void {
    this.#opened ??= new Promise((resolve) => (this.#open = resolve));
  }

  open(): void {
    this.#opened = null;
    this.#open();
  }

  /** Resolves once the gate is open. */
  async passed(): Promise<void> {
    while (this.#opened !== null) await this.#opened;
  }
}
