import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { isRested } from '#core/parallel/resting-threads.ts';
import { threadsFor, type Threads } from '#core/parallel/threads.ts';

/** As deep in the repository as this file, so that a build of the command line finds it from there too. */
const program = new URL('../../src/engine/node-thread.mjs', import.meta.url);

/** Threads of Node; as many as the machine computes with at once, unless their number is said. */
export function nodeThreads(count = threadsFor(availableParallelism())): Threads {
  return {
    count,
    worthMs: 300,
    start(listener) {
      // Without the options of this process, which may load TypeScript first.
      const worker = new Worker(program, { execArgv: [] });
      let isEnded = false;
      worker.on('message', (message: unknown) => {
        // One that rests keeps no process from its end.
        if (isRested(message)) worker.unref();
        listener.onMessage(message);
      });
      worker.on('error', (error) => listener.onLost(error.message));
      worker.on('exit', () => {
        if (!isEnded) listener.onLost('it ended by itself');
      });
      return {
        send: (message) => {
          worker.ref();
          worker.postMessage(message);
        },
        end: () => {
          isEnded = true;
          void worker.terminate();
        },
      };
    },
  };
}
