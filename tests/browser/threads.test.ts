import { proxy, wrap } from 'comlink';
import { afterAll, expect, it } from 'vitest';
import type { ForestOrder } from '#core/models/trees/forest/grow-ordered.ts';
import { smallNetworks } from '../support/small-networks.ts';
import type { Asked, LentThreadsApi } from './lent-threads.worker.ts';

const workers: Worker[] = [];
afterAll(() => {
  for (const worker of workers) worker.terminate();
});

function startTraining() {
  const worker = new Worker(new URL('./lent-threads.worker.ts', import.meta.url), {
    type: 'module',
  });
  workers.push(worker);
  return { worker, api: wrap<LentThreadsApi>(worker) };
}

const boosting = { model: 'gradient_boosting', rows: 18_000 } as const;
const forest = { rows: 300, parameters: { n_estimators: 20 } } as const;
const cases: readonly Omit<Asked, 'threads'>[] = [
  { ...boosting, task: 'classification', parameters: { max_iter: 4 } },
  { ...boosting, task: 'regression', parameters: { max_iter: 4, loss: 'absolute_error' } },
  { ...forest, model: 'random_forest', task: 'classification' },
  { ...forest, model: 'extra_trees', task: 'regression' },
];

it.each(cases)('one, two and three threads train the same bits: $model, $task', async (asked) => {
  expect(crossOriginIsolated).toBe(true);
  const { api } = startTraining();
  const sent: unknown[] = [];
  const onSend = proxy((order: unknown) => void sent.push(order));
  const alone = await api.train({ ...asked, threads: 1 }, onSend);
  expect(await api.train({ ...asked, threads: 2 }, onSend)).toBe(alone);
  expect(await api.train({ ...asked, threads: 3 }, onSend)).toBe(alone);
  expect(sent).toHaveLength(1 + 2);
});

/** One of each. */
const networks = [...new Map(smallNetworks.map((one) => [one.estimator, one.title])).values()];

it.each(networks)('one, two and three threads train the same bits: %s', async (title) => {
  const { api } = startTraining();
  const alone = await api.trainNetwork(title, 1);
  expect(await api.trainNetwork(title, 2)).toBe(alone);
  expect(await api.trainNetwork(title, 3)).toBe(alone);
});

it('threads end with the worker that lent them', async () => {
  const { worker, api } = startTraining();
  const parameters = { n_estimators: 1000 };
  const asked = { rows: 10_000, parameters, model: 'random_forest' } as const;
  const sent = new Promise<ForestOrder>((resolve) => {
    const onSend = proxy((order: unknown) => resolve(order as ForestOrder));
    void api.train({ ...asked, task: 'regression', threads: 2 }, onSend);
  });
  const { next } = await sent;
  const taken = () => Atomics.load(next, 0);
  await expect.poll(taken, { timeout: 20_000 }).toBeGreaterThan(10);
  worker.terminate();
  await expect.poll(isStill, { timeout: 10_000 }).toBe(true);
  expect(taken()).toBeLessThan(1000);

  async function isStill(): Promise<boolean> {
    const before = taken();
    await new Promise((resolve) => setTimeout(resolve, 500));
    return taken() === before;
  }
});
