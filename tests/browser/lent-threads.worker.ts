import { expose } from 'comlink';
import { estimatorNamed } from '#core/models/registry.ts';
import { ONE_THREAD, type Threads } from '#core/parallel/threads.ts';
import { RandomStream } from '#core/random.ts';
import { weightsSha256 } from '#core/run/weights-hash.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import type { Task } from '#core/spec/spec.ts';
import { browserThreads } from '#engine/browser-threads.ts';
import { networkTitled, trainSmall } from '../support/small-networks.ts';
import { drawTraining } from '../support/training-data.ts';

export interface Asked {
  readonly model: string;
  readonly task: Task;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly rows: number;
  /** Threads that train; others than this one are workers inside this worker, as in workers/train.worker.ts. */
  readonly threads: number;
}

const startThread = () =>
  new Worker(new URL('../../workers/crew.worker.ts', import.meta.url), { type: 'module' });

/** Threads of the tab for which no work is too small, and what was sent to and heard of them. */
function lentThreads(count: number, onSend: (order: unknown) => void) {
  const lent = browserThreads(startThread);
  const heard = {
    messages: 0,
    wake: (): void => undefined,
    atLeast: async (messages: number): Promise<void> => {
      while (heard.messages < messages) {
        await new Promise<void>((resolve) => {
          heard.wake = resolve;
        });
      }
    },
  };
  const threads: Threads = {
    count,
    worthMs: 0,
    start: (listener) => {
      const thread = lent.start({
        ...listener,
        onMessage: (message) => {
          heard.messages += 1;
          listener.onMessage(message);
          heard.wake();
        },
      });
      return {
        send: (order) => {
          onSend(order);
          thread.send(order);
        },
        end: () => thread.end(),
      };
    },
  };
  return { threads: count === 1 ? ONE_THREAD : threads, heard };
}

const api = {
  /**
   * Trains, and gives the hash of the weights. After its first point it waits until all threads have begun.
   * @param onSend hears what is sent to the other threads
   */
  async train(asked: Asked, onSend: (order: unknown) => void): Promise<string> {
    const { model, task, parameters, rows, threads: count } = asked;
    const estimator = estimatorNamed(model);
    if (estimator.train === undefined) throw new Error(`${model} has no trainer`);
    const { threads, heard } = lentThreads(count, onSend);
    const training = estimator.train({
      train: drawTraining(task, { seed: 3, rows }),
      validation: drawTraining(task, { seed: 4, rows: 60 }),
      parameters: resolveParameters(estimator.parameters, parameters, model),
      random: new RandomStream(5),
      signal: new AbortController().signal,
      threads,
    });
    for (;;) {
      const step = await training.next();
      if (step.done === true) return weightsSha256(step.value.weights);
      await heard.atLeast(count - 1);
    }
  },

  /** Trains one of the small networks once all threads have begun, and gives the hash of its weights. */
  async trainNetwork(title: string, count: number): Promise<string> {
    const { threads, heard } = lentThreads(count, () => undefined);
    const { model } = await trainSmall('wasm', networkTitled(title), {
      threads,
      mayGoOn: () => heard.atLeast(count - 1),
    });
    return weightsSha256(model.weights);
  },
};
export type LentThreadsApi = typeof api;

expose(api);
