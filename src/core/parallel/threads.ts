/** Another thread of this machine, which answers messages as `core/parallel/answer-orders.ts` does. */
export interface Thread {
  send(message: unknown): void;
  /** Ends it at once, whatever it is at. */
  end(): void;
  /**
   * Lets go of one that leaves its work by itself, and says `rested` then: it may be lent again. Where nobody keeps
   * threads there is no such way, and it is to be ended.
   */
  rest?(): void;
}

/** What is heard of a thread. */
export interface ThreadListener {
  onMessage(message: unknown): void;
  /** It failed, or is gone without having been ended. @param reason a clause without a full stop */
  onLost(reason: string): void;
}

/** The threads that a driver lends to a training: workers of Node, or of the tab where the page is isolated. */
export interface Threads {
  /** How many may compute at the same time, the one that asks among them. */
  readonly count: number;
  /** Work that one thread does in less time than this, in milliseconds, is not worth starting others. */
  readonly worthMs: number;
  /** Starts another thread, which can share memory with this one. */
  start(listener: ThreadListener): Thread;
}

/** No other thread. */
export const ONE_THREAD: Threads = {
  count: 1,
  worthMs: Infinity,
  start: () => {
    throw new RangeError('there is one thread alone');
  },
};

/** More would wait for memory rather than compute. */
const MOST_THREADS = 8;

/** How many threads train on a machine that computes with so many at once. */
export function threadsFor(processors: number): number {
  return Math.max(1, Math.min(MOST_THREADS, processors));
}
