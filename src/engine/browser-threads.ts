import { ONE_THREAD, threadsFor, type Threads } from '#core/parallel/threads.ts';

/**
 * Workers of the tab as threads of a training: where the page is not isolated there is no shared memory, and one thread.
 *
 * @param start starts a worker that runs workers/crew.worker.ts
 */
export function browserThreads(start: () => Worker): Threads {
  if (!crossOriginIsolated) return ONE_THREAD;
  return {
    count: threadsFor(navigator.hardwareConcurrency),
    worthMs: 200,
    start: (listener) => {
      const worker = start();
      worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        listener.onMessage(data);
      });
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        const reason = event.message === '' ? 'its code could not be loaded' : event.message;
        listener.onLost(reason);
      });
      return { send: (message) => worker.postMessage(message), end: () => worker.terminate() };
    },
  };
}
