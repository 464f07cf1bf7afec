import { describe, expect, it } from 'vitest';
import { commands } from 'vitest/browser';
import type { Layer } from '#core/networks/layer.ts';
import { createBrowserEngine } from '#engine/browser-engine.ts';
import { kernelBackend } from '#engine/networks/kernels/kernel-network.ts';
import type { NetworkBackend } from '#engine/networks/network.ts';
import { tensorBackend } from '#engine/networks/tensors/tensor-network.ts';
import { gpuBackend } from '#engine/wgsl/gpu-backend.ts';
import { layeredBits } from './network-bits.ts';
import { compareBackends, startOf, takeSteps, type NetworkCase } from './network-case.ts';
import { watchGpu } from './watch-gpu.ts';

const plain = { filters: [5, 9], hidden_units: [7], batch_size: 5, weight_decay: 0 };
const images: NetworkCase = {
  ...{ rows: 20, width: 60, classes: 3, image: { height: 6, width: 5, channels: 2 } },
  parameters: plain,
};
const odd = { width: 63, image: { height: 9, width: 7, channels: 1 } };
const withParameters = (own: Readonly<Record<string, unknown>>): NetworkCase => ({
  ...images,
  parameters: { ...plain, ...own },
});
const convolve = (own: Partial<Extract<Layer, { kind: 'convolution' }>>): Layer => ({
  ...{ kind: 'convolution', filters: 6, size: 3, stride: 1, padding: 'same', ...own },
});
const changes = { flip: 'both', crop: 0.3, shift: 0.1, rotate: 20, mix_up: 0.4 };
const relu: Layer = { kind: 'activation', function: 'relu' };

const table: NetworkCase = {
  ...{ rows: 64, width: 7, classes: 3 },
  parameters: { hidden_units: [9, 5], batch_size: 16, batch_norm: true },
};
const coded: NetworkCase = {
  ...{ rows: 64, width: 5, classes: 3, categories: [0, 5, 0, 3, 0] },
  parameters: { hidden_units: [9], batch_size: 16 },
};

/* What no network of every-network.long.test.ts has: it trains each as long, beside the kernels, and those beside tfjs. */
const cases: readonly (readonly [string, NetworkCase])[] = [
  ['steps of two on odd sides', { ...withParameters({ pooling: 'stride' }), ...odd }],
  ['no hidden layer', withParameters({ hidden_units: [] })],
  [
    'a last batch of one, of odd sides, and a penalty',
    {
      ...withParameters({ weight_decay: 0.01 }),
      ...odd,
      rows: 16,
    },
  ],
  [
    'a batch beyond the rows, and many filters',
    withParameters({
      ...{ batch_size: 999, filters: [17, 33] },
    }),
  ],
  ["Nesterov's momentum", withParameters({ optimizer: 'sgd', nesterov: true })],
  [
    'windows without zeros around, in steps of two and three, dropped and pooled behind the activation',
    {
      ...{ ...images, width: 286, image: { height: 13, width: 11, channels: 2 } },
      layers: [
        convolve({ padding: 'valid', stride: 2 }),
        relu,
        { kind: 'dropout', share: 0.3 },
        { kind: 'max_pool' },
        convolve({ size: 2, stride: 3, filters: 3 }),
      ],
    },
  ],
  [
    'normalized channels, with a last batch of one',
    {
      ...{ ...images, rows: 16 },
      layers: [convolve({}), relu, { kind: 'batch_norm' }, { kind: 'max_pool' }],
    },
  ],
  [
    'mixed images, of rows that count differently, and smoothed labels',
    { ...withParameters({ ...changes, label_smoothing: 0.2 }), weighted: true },
  ],
  ['mixed images, and no convolution', withParameters({ ...changes, filters: [] })],
  [
    'mixed images, a batch beyond the rows',
    withParameters({ ...changes, batch_size: 999, batch_norm: true }),
  ],
  ['a normalized table, with a last batch of one', { ...table, rows: 49 }],
  [
    'learned vectors of three numbers, and a penalty',
    {
      ...coded,
      parameters: { ...coded.parameters, embedding_size: 3, weight_decay: 0.05 },
    },
  ],
  ['learned vectors alone', { ...coded, width: 2, categories: [4, 300] }],
];

it.each(cases)(
  'is within 1e-4 of tfjs and of the kernels after a hundred steps: %s',
  async (_, one) => {
    await createBrowserEngine('cpu');
    await compareBackends(gpuBackend, tensorBackend, one);
    await compareBackends(gpuBackend, kernelBackend, one);
  },
);

describe('a network whose layers are dispatched one by one', () => {
  it.each([
    ['as it is', images],
    ['wide', withParameters({ filters: [32, 64] })],
    ['deep', withParameters({ filters: [5, 6, 7, 8], pooling: 'none' })],
    ['another batch', withParameters({ batch_size: 7 })],
  ])('takes at most half of the dispatches of tfjs: %s', async (_, one) => {
    await createBrowserEngine('webgpu');
    const watch = watchGpu();
    const ofStep = async (backend: NetworkBackend): Promise<number> => {
      const start = startOf(one);
      const network = await backend.start(start);
      const before = watch.dispatches();
      await takeSteps(network, start, { to: 1 });
      const after = watch.dispatches();
      network.free();
      return after - before;
    };
    const ours = await ofStep(gpuBackend);
    expect(ours).toBeGreaterThan(0);
    expect(ours).toBeLessThanOrEqual((await ofStep(tensorBackend)) / 2);
  });

  it('has the same bits in a fresh browser', async () => {
    const here = await layeredBits();
    expect(here).toMatch(/^[0-9a-f]{64}$/);
    expect(await commands.runInFreshBrowser('network-bits.ts', 'layeredBits')).toBe(here);
  });
});
