/** What somebody has asked for, until whoever can do it takes it up. Asked for twice before that, it is done once. */
export class Wish {
  #isMade = false;

  make(): void {
    this.#isMade = true;
  }

  /** Whether it was made; it then counts as taken up. */
  take(): boolean {
    const was = this.#isMade;
    this.#isMade = false;
    return was;
  }
}
