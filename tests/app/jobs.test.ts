import { openTab } from '../storage/test-database.ts';
import { queuedRun } from '../storage/samples.ts';
import { describe, expect, it, vi } from 'vitest';
import {
  BACKEND_UNAVAILABLE,
  cancelledError,
  DEVICE_LOST,
  inputError,
  runError,
  settle,
  type Result,
} from '#core/errors.ts';
import type { RateFinding, RateProgress } from '#core/find-rate.ts';
import type { ImportedVersion, ReadProgress } from '#core/protocol/data-worker.ts';
import type { JobEvent, RateJobProgress } from '#core/protocol/train-worker.ts';
import { getRun } from '#storage/runs.ts';
import { finishRun, markRunning } from '#storage/run-status.ts';
import { Jobs, type WorkerStarts } from '#app/jobs.ts';
import { resultOf } from '../storage/samples.ts';

const event = { type: 'warning', message: 'hello' } as const;

/** Workers that follow a plan instead of computing. */
function startsOf(plan: {
  train?: (
    job: { jobId: string; runId: string },
    onEvent: (event: JobEvent) => void,
    crash: (reason: string) => void,
  ) => Promise<Result<{ runId: string }>>;
  importDataset?: (
    job: { jobId: string },
    onProgress: (progress: ReadProgress) => void,
  ) => Promise<Result<ImportedVersion>>;
  findRate?: (
    job: { jobId: string },
    onProgress: (progress: RateJobProgress) => void,
  ) => Promise<Result<RateFinding>>;
  cancel?: (jobId: string) => void;
  say?: (word: string, jobId: string) => void;
}) {
  const count = { data: 0, train: 0, infer: 0 };
  const start = (kind: keyof typeof count) => (crash: (reason: string) => void) => {
    count[kind] += 1;
    const api = {
      train: (job: { jobId: string; runId: string }, onEvent: (event: JobEvent) => void) =>
        plan.train?.(job, onEvent, crash),
      importDataset: plan.importDataset,
      findRate: plan.findRate,
      cancel: (jobId: string) => Promise.resolve(plan.cancel?.(jobId)),
      pause: (jobId: string) => plan.say?.('pause', jobId),
      goOn: (jobId: string) => plan.say?.('goOn', jobId),
      look: (jobId: string) => plan.say?.('look', jobId),
    };
    return { api, terminate: () => undefined };
  };
  const starts = { data: start('data'), train: start('train'), infer: start('infer') };
  return { starts: starts as unknown as WorkerStarts, count };
}

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

describe('jobs', () => {
  it('answers a cancel within 200 ms though the worker is deaf, and storage says so', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    await markRunning(db, run.id);
    const jobs = new Jobs(startsOf({ train: () => never() }).starts, db);
    const job = jobs.train(run.id, () => undefined);
    const outcome = expect(job.done).rejects.toMatchObject({ kind: 'cancelled' });

    const before = performance.now();
    await job.cancel();
    expect(performance.now() - before).toBeLessThan(200);
    await outcome;
    expect((await getRun(db, run.id)).status).toBe('cancelled');
  });

  it('leaves it to a worker that listens to say how the run ended', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    let stop: () => void = () => undefined;
    const { starts } = startsOf({
      train: async ({ runId }) => {
        await new Promise<void>((resolve) => (stop = resolve));
        await finishRun(db, runId, resultOf(run));
        return settle(() => Promise.reject(cancelledError()));
      },
      cancel: () => stop(),
    });
    const job = new Jobs(starts, db).train(run.id, () => undefined);
    const outcome = expect(job.done).rejects.toMatchObject({ kind: 'cancelled' });
    await job.cancel();
    await outcome;
    expect((await getRun(db, run.id)).status).toBe('finished');
  });

  it('lets a run whose worker crashed go on in a new worker, and says so', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    let crashes = 2;
    const { starts, count } = startsOf({
      train: async ({ runId }, _onEvent, crash) => {
        await markRunning(db, runId);
        if (crashes > 0) {
          crashes -= 1;
          crash('out of memory');
          return never();
        }
        await finishRun(db, runId, resultOf(run));
        return { ok: true, value: { runId } };
      },
    });
    const hear = vi.fn();
    await new Jobs(starts, db).train(run.id, hear).done;
    expect((await getRun(db, run.id)).status).toBe('finished');
    expect(count.train).toBe(3);
    expect(hear.mock.calls.flat()).toEqual(
      [1, 2].map((restart) => ({
        type: 'warning',
        message: `The worker that computes in the background stopped: out of memory The run goes on in a new worker (${restart} of at most 3 times).`,
      })),
    );
  });

  it('gives a run whose GPU was lost a new worker', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    let losses = 2;
    const { starts, count } = startsOf({
      train: ({ runId }) => {
        losses -= 1;
        if (losses > 0) return settle(() => Promise.reject(runError(DEVICE_LOST, 'Lost.')));
        return Promise.resolve({ ok: true, value: { runId } });
      },
    });
    await new Jobs(starts, db).train(run.id, () => undefined).done;
    expect(count.train).toBe(2);
  });

  it.each([
    ['that had begun is interrupted and can be resumed', true, 'interrupted'],
    ['that never began has failed', false, 'failed'],
  ])('gives up after three restarts: a run %s', async (_, begins, status) => {
    const db = await openTab();
    const run = await queuedRun(db);
    const { starts, count } = startsOf({
      train: async ({ runId }, _onEvent, crash) => {
        if (begins) await markRunning(db, runId);
        crash('out of memory');
        return never();
      },
    });
    const job = new Jobs(starts, db).train(run.id, () => undefined);
    await expect(job.done).rejects.toMatchObject({ code: 'worker_crashed' });
    expect(count.train).toBe(4);
    expect(await getRun(db, run.id)).toMatchObject({ status, error: { code: 'worker_crashed' } });
  });

  it('asks again while the browser still counts the worker before as the run’s', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    let asked = 0;
    const { starts } = startsOf({
      train: ({ runId }, _onEvent, crash) => {
        asked += 1;
        if (asked === 1) {
          crash('gone');
          return never();
        }
        if (asked > 2) return Promise.resolve({ ok: true, value: { runId } });
        return settle(() => Promise.reject(inputError('run_taken', 'It trains in another tab.')));
      },
    });
    await new Jobs(starts, db).train(run.id, () => undefined).done;
    expect(asked).toBe(3);
  });

  it('asks again while the browser has not given the GPU back', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    let asked = 0;
    const { starts, count } = startsOf({
      train: ({ runId }) => {
        asked += 1;
        if (asked === 4) return Promise.resolve({ ok: true, value: { runId } });
        const code = asked === 1 ? DEVICE_LOST : BACKEND_UNAVAILABLE;
        return settle(() => Promise.reject(runError(code, 'There is no GPU.')));
      },
    });
    await new Jobs(starts, db).train(run.id, () => undefined).done;
    expect(asked).toBe(4);
    expect(count.train).toBe(2);
  });

  it('does not ask again for a backend that never was there', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    const { starts, count } = startsOf({
      train: () => settle(() => Promise.reject(runError(BACKEND_UNAVAILABLE, 'There is no GPU.'))),
    });
    const { done } = new Jobs(starts, db).train(run.id, () => undefined);
    await expect(done).rejects.toMatchObject({ code: BACKEND_UNAVAILABLE });
    expect(count.train).toBe(1);
  });

  it('leaves a run paused whose worker is gone', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    const said: string[] = [];
    let crashes = true;
    const { starts } = startsOf({
      train: ({ runId }, _onEvent, crash) => {
        said.push('train');
        if (!crashes) return Promise.resolve({ ok: true, value: { runId } });
        crashes = false;
        setTimeout(() => crash('out of memory'), 20);
        return never();
      },
      say: (word) => said.push(word),
    });
    const job = new Jobs(starts, db).train(run.id, () => undefined);
    job.pause();
    await job.done;
    expect(said).toEqual(['train', 'pause', 'train', 'pause']);
  });

  it('passes a pause, its end and a wish to see the layers on to the worker', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    const said: string[] = [];
    const { starts } = startsOf({
      train: ({ runId }) =>
        new Promise((resolve) => setTimeout(() => resolve({ ok: true, value: { runId } }), 20)),
      say: (word, jobId) => said.push(`${word} ${jobId}`),
    });
    const job = new Jobs(starts, db).train(run.id, () => undefined);
    job.pause();
    job.goOn();
    job.look();
    await job.done;
    expect(said).toEqual([`pause ${job.id}`, `goOn ${job.id}`, `look ${job.id}`]);
  });

  it('drops events of other jobs and those that come after the end', async () => {
    const db = await openTab();
    const run = await queuedRun(db);
    let late: () => void = () => undefined;
    const { starts } = startsOf({
      train: ({ jobId, runId }, onEvent) => {
        onEvent({ jobId: 'another', event });
        late = () => onEvent({ jobId, event });
        setTimeout(late, 1);
        return new Promise((resolve) =>
          setTimeout(() => resolve({ ok: true, value: { runId } }), 20),
        );
      },
    });
    const hear = vi.fn();
    await new Jobs(starts, db).train(run.id, hear).done;
    late();
    expect(hear).toHaveBeenCalledExactlyOnceWith(event);
  });

  it('gives each run a worker of its own and uses an idle one again', async () => {
    const db = await openTab();
    const ends: (() => void)[] = [];
    const { starts, count } = startsOf({
      train: ({ runId }) =>
        new Promise((resolve) => ends.push(() => resolve({ ok: true, value: { runId } }))),
    });
    const jobs = new Jobs(starts, db);
    const running = ['a', 'b'].map((id) => jobs.train(id, () => undefined).done);
    expect(count.train).toBe(2);
    for (const end of ends.splice(0)) end();
    await Promise.all(running);
    const third = jobs.train('c', () => undefined).done;
    expect(count.train).toBe(2);
    for (const end of ends) end();
    expect(await third).toEqual({ runId: 'c' });
  });

  it('tells how a search for a learning rate goes on, and answers its cancel within 200 ms', async () => {
    const db = await openTab();
    const { starts, count } = startsOf({
      findRate: ({ jobId }, onProgress) => {
        onProgress({ jobId, step: 'steps', done: 5, total: 100 });
        return never();
      },
    });
    const hear = vi.fn<(progress: RateProgress) => void>();
    const spec = (await queuedRun(db)).spec;
    const query = { datasetId: 'd', version: 1, spec, candidate: 'network' };
    const job = new Jobs(starts, db).findRate(query, hear);
    const outcome = expect(job.done).rejects.toMatchObject({ kind: 'cancelled' });
    await vi.waitFor(() => expect(hear).toHaveBeenCalledOnce());
    expect(hear).toHaveBeenCalledWith(expect.objectContaining({ done: 5, total: 100 }));
    const before = performance.now();
    await job.cancel();
    expect(performance.now() - before).toBeLessThan(200);
    await outcome;
    expect(count.train).toBe(1);
  });

  it('searches once more for a learning rate whose GPU was lost, in a new worker', async () => {
    const db = await openTab();
    let losses = 1;
    // Only handed through: nobody on its way reads more of it.
    const finding = { candidate: 'network' } as unknown as RateFinding;
    const { starts, count } = startsOf({
      findRate: () => {
        losses -= 1;
        if (losses < 0) return Promise.resolve({ ok: true, value: finding });
        return settle(() => Promise.reject(runError(DEVICE_LOST, 'Lost.')));
      },
    });
    const jobs = new Jobs(starts, db);
    const spec = (await queuedRun(db)).spec;
    const query = { datasetId: 'd', version: 1, spec, candidate: 'network' };
    expect(await jobs.findRate(query, () => undefined).done).toBe(finding);
    expect(count.train).toBe(2);
    losses = 2;
    const again = jobs.findRate(query, () => undefined);
    await expect(again.done).rejects.toMatchObject({ code: DEVICE_LOST });
    expect(count.train).toBe(3);
  });

  it('tells how the reading of a file goes on', async () => {
    const db = await openTab();
    const value = { datasetId: 'd', version: 1, alreadyThere: false };
    const { starts } = startsOf({
      importDataset: ({ jobId }, onProgress) => {
        onProgress({ jobId, bytesRead: 5, bytesTotal: 10, rows: 1 });
        return Promise.resolve({ ok: true, value });
      },
    });
    const hear = vi.fn();
    const job = new Jobs(starts, db).importDataset(
      { file: new Blob(['a']), name: 'a.csv', from: 'file' },
      hear,
    );
    expect(await job.done).toEqual(value);
    expect(hear).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ jobId: job.id, bytesRead: 5 }),
    );
  });
});
