/** Short news for everyone: read out by screen readers and, most of it, shown for a moment. */
class Announcer {
  /** A bar at the foot of the page, which news must not cover; null where there is none. */
  bar: HTMLElement | null = $state.raw(null);
  #message = $state('');
  #isShown = $state(true);
  #timer: ReturnType<typeof setTimeout> | undefined;

  get message(): string {
    return this.#message;
  }

  /** Whether the message is for the eyes too. */
  get isShown(): boolean {
    return this.#isShown;
  }

  say(message: string): void {
    this.#give(message, true);
  }

  /** For news that stand on the page already, where they happened. */
  readOut(message: string): void {
    this.#give(message, false);
  }

  #give(message: string, isShown: boolean): void {
    clearTimeout(this.#timer);
    this.#message = message;
    this.#isShown = isShown;
    this.#timer = setTimeout(() => (this.#message = ''), 6_000);
  }
}

export const announcer = new Announcer();
