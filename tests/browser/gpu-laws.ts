// What holds of every network that our shaders train.
import { expect } from 'vitest';
import { gpuBackend } from '#engine/wgsl/gpu-backend.ts';
import { startOf, takeSteps, type NetworkCase, type Trained } from './network-case.ts';

/** @param whole what a hundred steps without a break give */
export async function expectToGoOn(one: NetworkCase, whole: Trained): Promise<void> {
  const start = startOf(one);
  const first = await gpuBackend.start(start);
  await takeSteps(first, start, { to: 41 });
  const state = await first.state();
  first.free();
  const second = await gpuBackend.start(start);
  second.restore(state, 41);
  const losses = await takeSteps(second, start, { from: 41, to: 100 });
  expect(losses).toEqual(whole.losses.slice(41));
  expect(await second.weights()).toEqual(whole.weights);
  expect(await second.validate()).toEqual({ loss: whole.validationLoss, hits: whole.hits });
  second.free();
}

export async function expectToTellOfNoNumber(one: NetworkCase): Promise<void> {
  const start = startOf(one);
  start.train.features.values[5] = NaN;
  const network = await gpuBackend.start(start);
  const losses = await takeSteps(network, start, { to: 5 });
  expect(losses.at(-1)).toBeNaN();
  expect((await network.validate()).loss).toBeNaN();
  network.free();
}

export async function expectToStopSoon(one: NetworkCase): Promise<void> {
  const start = startOf(one);
  const network = await gpuBackend.start(start);
  const cancelling = new AbortController();
  let cancelledAt = 0;
  setTimeout(() => {
    cancelledAt = performance.now();
    cancelling.abort();
  }, 300);
  const steps = takeSteps(network, start, { to: 1_000_000 }, cancelling.signal);
  await expect(steps).rejects.toMatchObject({ code: 'cancelled' });
  expect(performance.now() - cancelledAt).toBeLessThan(500);
  network.free();
}
