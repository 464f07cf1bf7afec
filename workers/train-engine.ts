import type { Engine } from '#core/engine.ts';
import { restingThreads } from '#core/parallel/resting-threads.ts';
import type { BackendChoice } from '#core/spec/spec.ts';
import { createBrowserEngine, probeBrowser } from '#engine/browser-engine.ts';
import { browserThreads } from '#engine/browser-threads.ts';
import { useProbe } from '#storage/backend-probe.ts';
import { openStorage } from '#storage/database.ts';

const startThread = () =>
  new Worker(new URL('./crew.worker.ts', import.meta.url), { type: 'module' });
const threads = restingThreads(browserThreads(startThread));

/** The engine of the train worker, by the last probe of this browser where it is to choose. */
export async function createEngine(choice: BackendChoice): Promise<Engine> {
  if (choice !== 'auto') return createBrowserEngine(choice, null, threads);
  return useProbe(await openStorage(), probeBrowser, navigator.userAgent, (probe) =>
    createBrowserEngine(choice, probe, threads),
  );
}
