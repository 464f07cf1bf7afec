import { expect, it } from 'vitest';
import { JobQueue, unlessAborted, type Job } from '#core/job-queue.ts';

/** A job that says when its turn has come and ends when told. */
function stepwise(log: string[], name: string) {
  let end = () => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  const body = async ({ turn }: Job) => {
    await turn();
    log.push(name);
    await ended;
    return name;
  };
  return { body, end };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

it('gives jobs their turns in the order in which they came', async () => {
  const jobs = new JobQueue();
  const log: string[] = [];
  const [first, second] = [stepwise(log, 'first'), stepwise(log, 'second')];
  const outcomes = [jobs.run('1', first.body), jobs.run('2', second.body)];
  await settled();
  expect(log).toEqual(['first']);
  first.end();
  await settled();
  expect(log).toEqual(['first', 'second']);
  second.end();
  expect(await Promise.all(outcomes)).toEqual(['first', 'second']);
});

it('goes on after a job that failed', async () => {
  const jobs = new JobQueue();
  const failing = jobs.run('1', async () => Promise.reject(new Error('no memory')));
  const log: string[] = [];
  const next = stepwise(log, 'next');
  const outcome = jobs.run('2', next.body);
  await expect(failing).rejects.toThrow('no memory');
  next.end();
  expect(await outcome).toBe('next');
});

it('ends a waiting job at once, and keeps those behind it waiting for the one before', async () => {
  const jobs = new JobQueue();
  const log: string[] = [];
  const [first, second, third] = ['1', '2', '3'].map((name) => stepwise(log, name));
  if (!first || !second || !third) throw new Error('unreachable');
  const one = jobs.run('1', first.body);
  const two = jobs.run('2', second.body);
  const three = jobs.run('3', third.body);
  await settled();
  jobs.cancel('2');
  await expect(two).rejects.toMatchObject({ kind: 'cancelled' });
  expect(log).toEqual(['1']);
  first.end();
  third.end();
  expect(await Promise.all([one, three])).toEqual(['1', '3']);
  expect(log).toEqual(['1', '3']);
});

it('aborts the running job of that id alone', async () => {
  const jobs = new JobQueue();
  const signals: AbortSignal[] = [];
  const endless = async ({ signal }: Job) => {
    signals.push(signal);
    await new Promise((_, reject) =>
      signal.addEventListener('abort', () => reject(new Error('stopped'))),
    );
  };
  const [one, two] = [jobs.run('1', endless), jobs.run('2', endless)];
  jobs.cancel('1');
  await expect(one).rejects.toThrow('stopped');
  expect(signals.map((signal) => signal.aborted)).toEqual([true, false]);
  jobs.cancel('nobody');
  jobs.cancel('2');
  await expect(two).rejects.toThrow('stopped');
});

it('hears a cancel that comes before the job asks for its turn', async () => {
  const jobs = new JobQueue();
  const outcome = jobs.run('1', async ({ turn }) => {
    await settled();
    await turn();
  });
  jobs.cancel('1');
  await expect(outcome).rejects.toMatchObject({ kind: 'cancelled' });
});

it('waits for other work, hears a cancel meanwhile, and passes a failure on', async () => {
  const abort = new AbortController();
  expect(await unlessAborted(Promise.resolve('table'), abort.signal)).toBe('table');
  const failing = unlessAborted(Promise.reject(new Error('gone')), abort.signal);
  await expect(failing).rejects.toThrow('gone');
  const endless = unlessAborted(new Promise<never>(() => undefined), abort.signal);
  abort.abort();
  await expect(endless).rejects.toMatchObject({ kind: 'cancelled' });
});
