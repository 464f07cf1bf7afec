import { expose } from 'comlink';
import type { Engine } from '#core/engine.ts';
import { settle } from '#core/errors.ts';
import { JobQueue } from '#core/job-queue.ts';
import { restingThreads } from '#core/parallel/resting-threads.ts';
import type { BackendChoice, TrainWorkerApi } from '#core/protocol.ts';
import { throttleEpochs } from '#core/throttle-epochs.ts';
import { createBrowserEngine, probeBrowser } from '#engine/browser-engine.ts';
import { browserThreads } from '#engine/browser-threads.ts';
import { probeAnew, useProbe } from '#storage/backend-probe.ts';
import { openStorage } from '#storage/database.ts';
import { executeRun } from '#storage/execute-run.ts';
import { newId } from '#storage/ids.ts';
import { inTurn } from '#storage/turns.ts';

const jobs = new JobQueue();
const { userAgent } = navigator;

const startThread = () =>
  new Worker(new URL('./crew.worker.ts', import.meta.url), { type: 'module' });
const threads = restingThreads(browserThreads(startThread));

async function createEngine(choice: BackendChoice): Promise<Engine> {
  if (choice !== 'auto') return createBrowserEngine(choice, null, threads);
  return useProbe(await openStorage(), probeBrowser, userAgent, (probe) =>
    createBrowserEngine(choice, probe, threads),
  );
}

expose({
  train: ({ jobId, runId }, onEvent) =>
    settle(() =>
      jobs.run(jobId, async (job) => {
        await executeRun(await openStorage(), runId, job, {
          createEngine,
          onEvent: throttleEpochs((event) => onEvent({ jobId, event })),
          commit: import.meta.env.VITE_COMMIT || null,
        });
        return { runId };
      }),
    ),

  probe: () =>
    settle(() =>
      jobs.run(newId(), async ({ signal, turn }) => {
        await turn();
        // Beside a training of another worker it would time that one too.
        return inTurn(signal, async () => probeAnew(await openStorage(), probeBrowser, userAgent));
      }),
    ),

  pause: (jobId) => jobs.pause(jobId),
  goOn: (jobId) => jobs.goOn(jobId),
  look: (jobId) => jobs.look(jobId),
  cancel: (jobId) => jobs.cancel(jobId),
} satisfies TrainWorkerApi);
