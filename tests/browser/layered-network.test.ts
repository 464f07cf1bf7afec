import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Layer } from '#core/networks/layer.ts';
import { kernelBackend } from '#engine/networks/kernels/kernel-network.ts';
import type { NetworkTensors } from '#engine/networks/network.ts';
import { tensorBackend } from '#engine/networks/tensors/tensor-network.ts';
import { createBrowserEngine } from '#engine/browser-engine.ts';
import { gpuBackend } from '#engine/wgsl/gpu-backend.ts';
import { expectToGoOn, expectToStopSoon, expectToTellOfNoNumber } from './gpu-laws.ts';
import {
  compareBackends,
  startOf,
  takeSteps,
  trainHundred,
  type NetworkCase,
  type Trained,
} from './network-case.ts';
import { watchGpu } from './watch-gpu.ts';

const small = { filters: [5, 9], hidden_units: [7], batch_size: 5, weight_decay: 0 };
const images: NetworkCase = {
  ...{ rows: 16, width: 60, classes: 3, image: { height: 6, width: 5, channels: 2 } },
  parameters: small,
};
const convolve = (own: Partial<Extract<Layer, { kind: 'convolution' }>>): Layer => ({
  ...{ kind: 'convolution', filters: 6, size: 3, stride: 1, padding: 'same', ...own },
});

describe('a convolutional network on the GPU', () => {
  let whole: Promise<Trained>;
  beforeAll(() => {
    whole = trainHundred(gpuBackend, images);
  });

  it('is within 1e-4 of tfjs after a hundred steps, with a last batch of one', async () => {
    await createBrowserEngine('cpu');
    await compareBackends(gpuBackend, tensorBackend, images);
  });

  it('is within 1e-4 of the kernels: odd sides, windows of five, steps of two, normalized and dropped', async () => {
    const one: NetworkCase = {
      ...{ rows: 21, width: 99, classes: 1, image: { height: 11, width: 9, channels: 1 } },
      parameters: { ...small, batch_size: 999, weight_decay: 0.1, clip_norm: 0.3 },
      layers: [
        convolve({ size: 5, bias: false }),
        { kind: 'batch_norm' },
        { kind: 'max_pool' },
        { kind: 'activation', function: 'tanh' },
        { kind: 'dropout', share: 0.3 },
        convolve({ filters: 3, stride: 2, padding: 'valid' }),
        { kind: 'activation', function: 'relu' },
      ],
    };
    await compareBackends(gpuBackend, kernelBackend, one);
  });

  it('is within 1e-4 of the kernels on images that are changed and mixed by chance, with weights', async () => {
    const parameters = { ...small, flip: 'both', shift: 0.2, rotate: 30, mix_up: 0.4 };
    const one: NetworkCase = { ...images, rows: 21, parameters, weighted: true };
    await compareBackends(gpuBackend, kernelBackend, one);
    expect(await trainHundred(gpuBackend, one, 3)).toEqual(await trainHundred(gpuBackend, one));
  });

  it('has the same bits again, however its batches are shared out over calls', async () => {
    expect(await trainHundred(gpuBackend, images, 3)).toEqual(await whole);
  });

  it('goes on from its state with the same bits', async () => {
    await expectToGoOn(images, await whole);
  });

  it('takes a dispatch for each layer and way, and leaves no buffer behind', async () => {
    const watch = watchGpu();
    const start = startOf(images);
    const network = await gpuBackend.start(start);
    await takeSteps(network, start, { to: 2, atOnce: 1 });
    // Nine layers there and back, three of which go back to their input and to their kernel; then rows, losses and weights.
    expect(watch.dispatches()).toBe(2 * (9 + 9 + 3 + 3));
    await network.validate();
    await network.weights();
    network.free();
    expect(watch.made()).toBeGreaterThan(8);
    expect(watch.live()).toEqual([]);
  });

  it('tells of a loss that is no number', async () => {
    await expectToTellOfNoNumber(images);
  });

  it('stops soon after a cancel', async () => {
    await expectToStopSoon({ ...images, rows: 4096 });
  });

  it('is refused before anything is taken where it is too large', async () => {
    const watch = watchGpu();
    const parameters = {
      ...small,
      filters: [512, 512],
      pooling: 'none',
      batch_size: 65_536,
      max_memory_mb: 0,
    };
    const start = gpuBackend.start(startOf({ ...images, rows: 16_384, parameters }));
    await expect(start).rejects.toMatchObject({
      code: 'gpu_memory',
      message: expect.stringMatching(/values would take \d+ MiB .* at most \d+ MiB/) as string,
    });
    expect(watch.made()).toBe(0);
  });
});

describe('a network for tables with layers of more kinds', () => {
  const coded: NetworkCase = {
    ...{ rows: 33, width: 5, classes: 3, categories: [0, 5, 0, 3, 0] },
    parameters: { hidden_units: [9, 5], batch_size: 8, batch_norm: true, embedding_size: 3 },
  };

  it('is within 1e-4 of the kernels after a hundred steps: learned vectors and batch normalization', async () => {
    await compareBackends(gpuBackend, kernelBackend, coded);
  });

  it('is within 1e-4 of the kernels where many features have no codes', async () => {
    const categories = Array.from({ length: 2200 }, (_, i) => (i % 1000 === 7 ? 4 : 0));
    const parameters = { ...coded.parameters, hidden_units: [3], batch_norm: false };
    await compareBackends(gpuBackend, kernelBackend, {
      ...{ rows: 9, width: categories.length, classes: 3 },
      ...{ categories, parameters },
    });
  });

  it('takes a code that is missing for one that no category has, and the GPU sees no NaN', async () => {
    const writes = vi.spyOn(GPUQueue.prototype, 'writeBuffer');
    const trainedWith = async (missing: readonly number[]): Promise<NetworkTensors> => {
      const start = startOf(coded);
      for (const { values } of [start.train.features, start.validation.features]) {
        let seen = 0;
        values.set(
          values.map((one) => (Number.isNaN(one) ? (missing[seen++ % missing.length] ?? 0) : one)),
        );
      }
      const network = await gpuBackend.start(start);
      await takeSteps(network, start, { to: 20 });
      const weights = await network.weights();
      network.free();
      return weights;
    };
    const trained = await trainedWith([NaN]);
    const [table, other] = trained;
    expect([table?.name, other?.name]).toEqual(['vectors_0_0', 'other_0_0']);
    expect(other?.values.some((number) => number !== 0)).toBe(true);
    expect(await trainedWith([-1, 5, 4e9, Infinity])).toEqual(trained);
    const floats = writes.mock.calls.flatMap(([, , given]) =>
      given instanceof Float32Array ? [given] : [],
    );
    expect(floats.length).toBeGreaterThan(0);
    expect(floats.some((numbers) => numbers.some(Number.isNaN))).toBe(false);
    writes.mockRestore();
  });
});
