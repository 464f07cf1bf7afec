// Lets the benchmark start a worker's work from outside.
import type { Done, Work } from './data.worker.ts';
import type { NetworkDone, NetworkWork } from './network.worker.ts';

declare global {
  interface Window {
    work: (work: Work) => Promise<Done>;
    trainNetwork: (work: NetworkWork) => Promise<NetworkDone>;
  }
}

window.work = (work) =>
  answer(new Worker(new URL('./data.worker.ts', import.meta.url), { type: 'module' }), work);

window.trainNetwork = (work) =>
  answer(new Worker(new URL('./network.worker.ts', import.meta.url), { type: 'module' }), work);

/** What a worker says to its work, after which it ends. */
function answer<Answer>(worker: Worker, work: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = ({ message }) => {
      reject(new Error(message));
    };
    worker.postMessage(work);
  });
}
