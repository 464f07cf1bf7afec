import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cancelledError, inputError, type Result } from '#core/errors.ts';
import { PATIENCE_MS, WorkerSlot } from '#app/worker-slot.ts';

/** A worker whose calls are answered by hand. */
class FakeWorker {
  readonly answers = new Map<string, (result: Result<string>) => void>();
  readonly asked: string[] = [];
  terminated = false;
  crash: (reason: string) => void = () => undefined;

  work(jobId: string): Promise<Result<string>> {
    return new Promise((resolve) => this.answers.set(jobId, resolve));
  }

  cancel(jobId: string): void {
    this.asked.push(jobId);
  }
}

function workshop() {
  const workers: FakeWorker[] = [];
  const slot = new WorkerSlot<FakeWorker>((onCrash) => {
    const worker = new FakeWorker();
    worker.crash = onCrash;
    workers.push(worker);
    return { api: worker, terminate: () => (worker.terminated = true) };
  });
  const run = (id: string) => slot.run(id, (worker) => worker.work(id));
  const worker = (at = 0): FakeWorker => {
    const found = workers[at];
    if (found === undefined) throw new Error(`worker ${at} was not started`);
    return found;
  };
  return { slot, workers, run, worker };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a worker slot', () => {
  it('starts its worker with the first job and keeps it for the next', async () => {
    const { slot, workers, run, worker } = workshop();
    expect(workers).toHaveLength(0);
    const first = run('a');
    worker().answers.get('a')?.({ ok: true, value: 'one' });
    expect(await first).toBe('one');
    const second = run('b');
    worker().answers.get('b')?.({ ok: true, value: 'two' });
    expect(await second).toBe('two');
    expect(workers).toHaveLength(1);
    expect(slot.idle).toBe(true);
  });

  it('gives a failure back as the error it was', async () => {
    const { run, worker } = workshop();
    const job = run('a');
    const error = inputError('empty_file', 'The file is empty.', 'Choose another.').toData();
    worker().answers.get('a')?.({ ok: false, error });
    await expect(job).rejects.toMatchObject(error);
  });

  it('lets a job that listens end by itself', async () => {
    const { slot, run, worker } = workshop();
    const job = run('a');
    const cancelled = slot.cancel('a');
    expect(worker().asked).toEqual(['a']);
    worker().answers.get('a')?.({ ok: false, error: cancelledError().toData() });
    await expect(job).rejects.toMatchObject({ kind: 'cancelled' });
    expect(await cancelled).toBe(false);
    expect(worker().terminated).toBe(false);
  });

  it('ends a worker that does not listen, and starts another for the next job', async () => {
    const { slot, run, worker, workers } = workshop();
    const deaf = run('deaf');
    const outcome = expect(deaf).rejects.toMatchObject({ kind: 'cancelled' });
    const beside = expect(run('beside')).rejects.toMatchObject({ code: 'worker_restarted' });
    const cancelled = slot.cancel('deaf');
    await vi.advanceTimersByTimeAsync(PATIENCE_MS - 1);
    expect(worker().terminated).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await cancelled).toBe(true);
    await Promise.all([outcome, beside]);
    expect(worker().terminated).toBe(true);

    const next = run('next');
    worker(1).answers.get('next')?.({ ok: true, value: 'fine' });
    expect(await next).toBe('fine');
    expect(workers).toHaveLength(2);
  });

  it('fails every job of a worker that crashes, with the reason', async () => {
    const { run, worker } = workshop();
    const jobs = ['a', 'b'].map((id) =>
      expect(run(id)).rejects.toMatchObject({
        code: 'worker_crashed',
        message: 'The worker that computes in the background stopped: out of memory',
      }),
    );
    worker().crash('out of memory');
    await Promise.all(jobs);
    expect(worker().terminated).toBe(true);
  });

  it('does not let the crash of a worker that is gone touch the one after it', async () => {
    const { run, worker } = workshop();
    const lost = expect(run('a')).rejects.toMatchObject({ code: 'worker_crashed' });
    worker().crash('first');
    await lost;
    const job = run('b');
    worker().crash('again');
    worker(1).answers.get('b')?.({ ok: true, value: 'fine' });
    expect(await job).toBe('fine');
  });

  it('has nothing to do for a job that has ended', async () => {
    const { slot, workers } = workshop();
    expect(await slot.cancel('nobody')).toBe(false);
    expect(workers).toHaveLength(0);
  });
});
