import { describe, expect, it, vi } from 'vitest';
import { createBrowserEngine } from '#engine/browser-engine.ts';
import { tensorBackend } from '#engine/networks/tensors/tensor-network.ts';
import { gpuBackend } from '#engine/wgsl/gpu-backend.ts';
import { expectToGoOn, expectToStopSoon, expectToTellOfNoNumber } from './gpu-laws.ts';
import {
  compareBackends,
  startOf,
  takeSteps,
  trainHundred,
  type NetworkCase,
} from './network-case.ts';
import { watchGpu } from './watch-gpu.ts';

const plain = { hidden_units: [9, 5], batch_size: 16, weight_decay: 0 };
const classes: NetworkCase = { rows: 64, width: 7, classes: 3, parameters: plain };
const cases: readonly (readonly [string, NetworkCase])[] = [
  ['classes, and a last batch of one', { ...classes, rows: 49 }],
  ['values, by tanh', { ...classes, classes: 1, parameters: { ...plain, activation: 'tanh' } }],
  [
    'a batch beyond the rows, many classes and a penalty',
    {
      ...{ rows: 21, width: 16, classes: 70 },
      parameters: { hidden_units: [131, 3], batch_size: 999, weight_decay: 0.1 },
    },
  ],
];

describe('a network of fully connected layers on the GPU', () => {
  it.each(cases)('is within 1e-4 of tfjs after a hundred steps: %s', async (_, one) => {
    await createBrowserEngine('cpu');
    await compareBackends(gpuBackend, tensorBackend, one);
  });

  it('has the same bits again, however its batches are shared out over calls', async () => {
    const whole = await trainHundred(gpuBackend, classes);
    expect(await trainHundred(gpuBackend, classes, 3)).toEqual(whole);
  });

  it('goes on from its state with the same bits', async () => {
    await expectToGoOn(classes, await trainHundred(gpuBackend, classes));
  });

  it.each([
    ['two hidden layers', {}],
    ['wide ones', { hidden_units: [256, 256] }],
    ['five of them', { hidden_units: [64, 64, 64, 64, 64] }],
    ['a batch beyond the rows', { batch_size: 512 }],
  ])('takes two dispatches a step, and leaves no buffer behind: %s', async (_, given) => {
    const watch = watchGpu();
    const start = startOf({ ...classes, parameters: { ...plain, ...given } });
    const network = await gpuBackend.start(start);
    // Of one batch an epoch, each step ends one, and the validation rows' losses take a dispatch more.
    const isEpoch = start.settings.batchRows >= start.train.features.rows;
    await takeSteps(network, start, { to: 2, atOnce: 1 });
    expect(watch.dispatches()).toBe(isEpoch ? 6 : 4);
    await network.validate();
    await network.weights();
    network.free();
    expect(watch.made()).toBeGreaterThan(8);
    expect(watch.live()).toEqual([]);
  });

  it('hands in one step alone before it knows what a step takes', async () => {
    const submit: GPUQueue['submit'] = Reflect.get(GPUQueue.prototype, 'submit');
    const watch = watchGpu();
    const start = startOf(classes);
    const network = await gpuBackend.start(start);
    const dispatched: number[] = [];
    vi.spyOn(GPUQueue.prototype, 'submit').mockImplementation(function (this: GPUQueue, ...given) {
      dispatched.push(watch.dispatches());
      submit.apply(this, given);
    });
    await takeSteps(network, start, { to: 4 });
    expect(dispatched[0]).toBe(2);
    network.free();
  });

  it('tells its memory, and how long the GPU worked by its own clock', async () => {
    const watch = watchGpu();
    const start = startOf(classes);
    const network = await gpuBackend.start(start);
    const bytes = watch.live().reduce((sum, { size }) => sum + size, 0);
    expect(network.memory).toEqual({ of: 'gpu', bytes, peakBytes: bytes });
    expect(network.deviceMs ?? 0).toBe(0);
    await takeSteps(network, start, { to: 40 });
    const [device] = await watch.devices();
    if (device?.features.has('timestamp-query') === true) {
      expect(network.deviceMs).toBeGreaterThan(0);
    } else expect(network.deviceMs).toBeNull();
    network.free();
  });

  it('tells of a loss that is no number', async () => {
    await expectToTellOfNoNumber(classes);
  });

  it('stops soon after a cancel', async () => {
    await expectToStopSoon({ ...classes, rows: 4096, parameters: { ...plain, batch_size: 1 } });
  });
});

describe('a GPU that cannot', () => {
  it('refuses what is too large before it takes anything', async () => {
    const watch = watchGpu();
    const hidden_units = Array<number>(8).fill(1024);
    const parameters = { hidden_units, batch_size: 65_536, max_memory_mb: 0 };
    const start = gpuBackend.start(startOf({ ...classes, rows: 65_536, width: 1, parameters }));
    await expect(start).rejects.toMatchObject({
      code: 'gpu_memory',
      message: expect.stringMatching(/values would take \d+ MiB .* at most \d+ MiB/) as string,
    });
    expect(watch.made()).toBe(0);
  });

  it('refuses what has more workgroups side by side than it takes, and keeps nothing', async () => {
    const watch = watchGpu();
    const limits = vi.spyOn(
      GPUSupportedLimits.prototype,
      'maxComputeWorkgroupsPerDimension',
      'get',
    );
    limits.mockReturnValue(3);
    await expect(gpuBackend.start(startOf(classes))).rejects.toMatchObject({
      code: 'gpu_memory',
      message: expect.stringMatching(
        /would take \d+ workgroups side by side, and this GPU takes at most 3/,
      ) as string,
    });
    expect(watch.live()).toEqual([]);
  });

  it('refuses what is beyond its budget before it takes anything', async () => {
    const watch = watchGpu();
    const parameters = { ...plain, max_memory_mb: 0.2 };
    const start = gpuBackend.start(startOf({ ...classes, parameters }));
    await expect(start).rejects.toMatchObject({
      code: 'memory_budget',
      message: expect.stringMatching(
        /needs \d\.\d MB of memory, and max_memory_mb allows 0.2/,
      ) as string,
    });
    expect(watch.made()).toBe(0);
  });

  it('fails the training when it reports an error beside the work', async () => {
    const watch = watchGpu();
    const start = startOf(classes);
    const network = await gpuBackend.start(start);
    const [device] = await watch.devices();
    device?.createBuffer({ size: 16, usage: 0 });
    await expect(takeSteps(network, start, { to: 100 })).rejects.toMatchObject({
      code: 'gpu_failed',
    });
    network.free();
  });

  it('says when its device is lost', async () => {
    const watch = watchGpu();
    const start = startOf({ ...classes, rows: 4096 });
    const network = await gpuBackend.start(start);
    const [device] = await watch.devices();
    setTimeout(() => device?.destroy(), 200);
    await expect(takeSteps(network, start, { to: 1_000_000 })).rejects.toMatchObject({
      code: 'gpu_lost',
    });
    network.free();
  });
});
