import { expose } from 'comlink';
import type { Engine } from '#core/engine.ts';
import { settle } from '#core/errors.ts';
import { JobQueue } from '#core/job-queue.ts';
import type { BackendChoice, TrainWorkerApi } from '#core/protocol.ts';
import { throttleEpochs } from '#core/throttle-epochs.ts';
import { createBrowserEngine, probeBrowser } from '#engine/browser-engine.ts';
import { probeAnew, probeOnce } from '#storage/backend-probe.ts';
import { openStorage } from '#storage/database.ts';
import { executeRun } from '#storage/execute-run.ts';
import { newId } from '#storage/ids.ts';

const jobs = new JobQueue();

async function createEngine(choice: BackendChoice): Promise<Engine> {
  if (choice !== 'auto') return createBrowserEngine(choice);
  const probe = await probeOnce(await openStorage(), probeBrowser, navigator.userAgent);
  return createBrowserEngine('auto', probe);
}

expose({
  train: ({ jobId, runId }, onEvent) =>
    settle(() =>
      jobs.run(jobId, async (job) => {
        await executeRun(await openStorage(), runId, job, {
          createEngine,
          onEvent: throttleEpochs((event) => onEvent({ jobId, event })),
          commit: null,
        });
        return { runId };
      }),
    ),

  probe: () =>
    settle(() =>
      jobs.run(newId(), async ({ turn }) => {
        await turn();
        return probeAnew(await openStorage(), probeBrowser, navigator.userAgent);
      }),
    ),

  cancel: (jobId) => jobs.cancel(jobId),
} satisfies TrainWorkerApi);
