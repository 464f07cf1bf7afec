import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createBrowserEngine } from '#engine/browser-engine.ts';
import type { Network, NetworkStart } from '#engine/networks/network.ts';
import { tensorBackend, tensorMemory } from '#engine/networks/tensors/tensor-network.ts';
import { startOf, takeSteps, type NetworkCase } from './network-case.ts';
import { watchGpu, type GpuWatch } from './watch-gpu.ts';

const plain = { hidden_units: [9, 5], batch_size: 16, weight_decay: 0 };
const classes: NetworkCase = { rows: 64, width: 7, classes: 3, parameters: plain };

/** The device that tfjs trains on, which its type does not show. */
function deviceOf(): GPUDevice {
  return (tf.backend() as unknown as { readonly device: GPUDevice }).device;
}

async function begin(parameters: object = {}): Promise<[Network, NetworkStart]> {
  const start = startOf({ ...classes, parameters: { ...plain, ...parameters } });
  return [await tensorBackend.start(start), start];
}

function expectNothingLeft(watch: GpuWatch): void {
  expect(watch.made()).toBeGreaterThan(0);
  expect(watch.live()).toEqual([]);
  expect(tensorMemory()).toEqual({ tensors: 0, bytes: 0 });
}

describe('tfjs on WebGPU', () => {
  beforeAll(async () => {
    await createBrowserEngine('webgpu');
  });

  it('leaves no tensor and no buffer behind, also of a training that was cancelled', async () => {
    const watch = watchGpu();
    const [network, start] = await begin();
    await takeSteps(network, start, { to: 6 });
    await network.validate();
    const weights = await network.weights();
    network.free();
    expectNothingLeft(watch);
    const predictor = await tensorBackend.predictor(weights, start.plan);
    expect(await predictor.predict(start.validation.features)).toHaveLength(37 * 3);
    predictor.dispose();
    expectNothingLeft(watch);
    const [cancelled, same] = await begin();
    await expect(takeSteps(cancelled, same, { to: 6 }, AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    });
    cancelled.free();
    expectNothingLeft(watch);
  });

  it('gives back what waits to be used again before it is beyond its budget, and then fails', async () => {
    const watch = watchGpu();
    const [small, start] = await begin({ max_memory_mb: 0.05, batch_size: 8 });
    await takeSteps(small, start, { to: 24 });
    small.free();
    const wide = { hidden_units: [1024], max_memory_mb: 0.05 };
    const [large, same] = await begin(wide);
    await expect(takeSteps(large, same, { to: 1 })).rejects.toMatchObject({
      code: 'memory_budget',
      message: expect.stringMatching(/allows: \d\.\d MB so far, of 0.1 MB/) as string,
    });
    large.free();
    expectNothingLeft(watch);
  });

  it('fails the training that the device had no memory for, and not the next one', async () => {
    const [network, start] = await begin();
    const error = new GPUOutOfMemoryError('There is none left.');
    deviceOf().dispatchEvent(new GPUUncapturedErrorEvent('uncapturederror', { error }));
    await expect(takeSteps(network, start, { to: 4 })).rejects.toMatchObject({
      code: 'gpu_memory',
      message: 'The GPU has too little memory left for this network.',
    });
    network.free();
    const [next, same] = await begin();
    expect(await takeSteps(next, same, { to: 4 })).toHaveLength(4);
    next.free();
  });

  it('tells how long the GPU worked by its own clock, of more passes than that holds at once', async () => {
    const [network, start] = await begin({ batch_size: 1 });
    const tells = deviceOf().features.has('timestamp-query');
    expect(network.deviceMs).toBe(tells ? 0 : null);
    const watch = watchGpu();
    await takeSteps(network, start, { to: 64 });
    expect(watch.submits()).toBeGreaterThan(512);
    const { deviceMs } = network;
    if (tells) expect(deviceMs).toBeGreaterThan(0);
    else expect(deviceMs).toBeNull();
    network.free();
    const [next] = await begin();
    expect(next.deviceMs).toBe(tells ? 0 : null);
    next.free();
  });

  // The last one: it takes the device with it.
  it('says when its device is lost', async () => {
    const [network, start] = await begin();
    await takeSteps(network, start, { to: 4 });
    setTimeout(() => deviceOf().destroy(), 100);
    await expect(takeSteps(network, start, { from: 4, to: 1_000_000 })).rejects.toMatchObject({
      code: 'gpu_lost',
      message: expect.stringContaining('The GPU stopped answering') as string,
    });
    network.free();
    expect(tensorMemory().tensors).toBe(0);
    const [later, same] = await begin();
    await expect(takeSteps(later, same, { to: 4 })).rejects.toMatchObject({ code: 'gpu_lost' });
    later.free();
  });
});
