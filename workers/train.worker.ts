import { expose } from 'comlink';
import { settle } from '#core/errors.ts';
import { JobQueue } from '#core/job-queue.ts';
import type { TrainWorkerApi } from '#core/protocol/train-worker.ts';
import { throttled, throttleEpochs } from '#core/throttle-epochs.ts';
import { probeBrowser } from '#engine/browser-engine.ts';
import { probeAnew } from '#storage/backend-probe.ts';
import { openStorage } from '#storage/database.ts';
import { executeRun } from '#storage/execute-run.ts';
import { findStoredRate } from '#storage/find-rate.ts';
import { newId } from '#storage/ids.ts';
import { inTurn } from '#storage/turns.ts';
import { createEngine } from './train-engine.ts';

const jobs = new JobQueue();
const { userAgent } = navigator;

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

  findRate: ({ jobId, ...query }, onProgress) =>
    settle(() =>
      jobs.run(jobId, async (job) =>
        findStoredRate(await openStorage(), query, job, {
          createEngine,
          onProgress: throttled(
            (progress) => onProgress({ jobId, ...progress }),
            ({ done, total }) => done < total,
          ),
        }),
      ),
    ),

  probe: () =>
    settle(() =>
      jobs.run(newId(), async ({ signal, turn }) => {
        await turn();
        // Beside a training of another worker it would time that one too.
        const db = await openStorage();
        return inTurn(db, signal, () => probeAnew(db, probeBrowser, userAgent));
      }),
    ),

  pause: (jobId) => jobs.pause(jobId),
  goOn: (jobId) => jobs.goOn(jobId),
  look: (jobId) => jobs.look(jobId),
  cancel: (jobId) => jobs.cancel(jobId),
} satisfies TrainWorkerApi);
