/** Short news for everyone: shown for a moment, and read out by screen readers. */
class Announcer {
  /** A bar at the foot of the page, which news must not cover; null where there is none. */
  bar: HTMLElement | null = $state.raw(null);
  #message = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;

  get message(): string {
    return this.#message;
  }

  say(message: string): void {
    clearTimeout(this.#timer);
    this.#message = message;
    this.#timer = setTimeout(() => (this.#message = ''), 6_000);
  }
}

export const announcer = new Announcer();
