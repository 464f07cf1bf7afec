import { browserThreads } from '#engine/browser-threads.ts';

/** Threads that hash a file while a worker reads it. */
export const hashThreads = browserThreads(
  () => new Worker(new URL('./hash.worker.ts', import.meta.url), { type: 'module' }),
);
