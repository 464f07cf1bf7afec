const BEAT_MS = 200;

interface Work {
  /** Done at the press and then at each beat; the next waits for it. */
  readonly onbeat: () => Promise<void>;
  readonly mayGoOn: () => boolean;
  /** No press lasts any more, and what was begun is done. */
  readonly ondone: () => void;
}

/** A press that does a thing once, and again and again while it is held. */
export class Hold {
  /** The press that lasts; one before it that still waits for its beat does not go on with it. */
  #press: symbol | null = $state.raw(null);
  /** How many are being done: a quick press is over before its own is. */
  #begun = 0;
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  get lasts(): boolean {
    return this.#press !== null;
  }

  async press(): Promise<void> {
    if (this.lasts || !this.#work.mayGoOn()) return;
    const own = Symbol('press');
    this.#press = own;
    while (this.#press === own && this.#work.mayGoOn()) {
      const next = new Promise((resolve) => setTimeout(resolve, BEAT_MS));
      await this.#do();
      await next;
    }
    if (this.#press === own) this.letGo();
  }

  letGo(): void {
    if (!this.lasts) return;
    this.#press = null;
    this.#tellIfDone();
  }

  async #do(): Promise<void> {
    this.#begun += 1;
    try {
      await this.#work.onbeat();
    } finally {
      this.#begun -= 1;
      this.#tellIfDone();
    }
  }

  #tellIfDone(): void {
    if (!this.lasts && this.#begun === 0) this.#work.ondone();
  }
}
