import type { Threads } from '#core/parallel/threads.ts';
import { nodeThreads } from '#engine/node-threads.ts';

/** Real threads of Node, for which no work is too small, and what was heard of them. */
export interface EagerThreads extends Threads {
  /** How many were started and not ended again. */
  readonly running: () => number;
  /** Fulfils when so many messages have come from all of them together. */
  readonly heard: (messages: number) => Promise<void>;
}

export function eagerThreads(count: number): EagerThreads {
  const lent = nodeThreads(count);
  let running = 0;
  let messages = 0;
  let wake = (): void => undefined;
  return {
    count,
    worthMs: 0,
    running: () => running,
    heard: async (wanted) => {
      while (messages < wanted) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    start: (listener) => {
      running += 1;
      const thread = lent.start({
        ...listener,
        onMessage: (message) => {
          messages += 1;
          listener.onMessage(message);
          wake();
        },
      });
      return {
        send: (message) => thread.send(message),
        end: () => {
          running -= 1;
          thread.end();
        },
      };
    },
  };
}
