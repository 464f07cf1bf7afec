/** Short news for everyone: shown for a moment, and read out by screen readers. */
class Announcer {
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
