import type { Thread, ThreadListener, Threads } from './threads.ts';

/**
 * Threads that rest after a training until another one wants them: candidates and folds follow one another, and a new
 * thread would miss the beginning of each.
 */
export function restingThreads(threads: Threads): Threads {
  const resting = new Set<KeptThread>();
  return {
    count: threads.count,
    worthMs: threads.worthMs,
    start(listener) {
      const [rested] = resting;
      const thread = rested ?? new KeptThread(threads, resting);
      resting.delete(thread);
      return thread.lendTo(listener);
    },
  };
}

class KeptThread {
  readonly #thread: Thread;
  /** Who has it; null while it rests, or is on its way there. */
  #listener: ThreadListener | null = null;

  /** @param resting where it goes when it has left its work */
  constructor(threads: Threads, resting: Set<KeptThread>) {
    this.#thread = threads.start({
      onMessage: (message) => {
        if (this.#listener !== null) this.#listener.onMessage(message);
        else if (isRested(message)) resting.add(this);
      },
      onLost: (reason) => {
        resting.delete(this);
        this.#listener?.onLost(reason);
      },
    });
  }

  lendTo(listener: ThreadListener): Thread {
    this.#listener = listener;
    return {
      send: (message) => this.#thread.send(message),
      end: () => this.#thread.end(),
      rest: () => {
        this.#listener = null;
      },
    };
  }
}

/** Whether a thread says that it has left its work. */
export function isRested(message: unknown): boolean {
  return (message as { readonly kind?: unknown } | null)?.kind === 'rested';
}
