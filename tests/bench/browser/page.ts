// Lets the benchmark start a worker's work from outside.
import type { Done, Work } from './data.worker.ts';

declare global {
  interface Window {
    work: (work: Work) => Promise<Done>;
  }
}

window.work = (work) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./data.worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<Done>) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = ({ message }) => {
      reject(new Error(message));
    };
    worker.postMessage(work);
  });
