import { expect, it } from 'vitest';
import { commands } from 'vitest/browser';
import { createBrowserEngine } from '#engine/browser-engine.ts';
import { tensorBackend } from '#engine/networks/tensors/tensor-network.ts';
import { gpuBackend } from '#engine/wgsl/gpu-backend.ts';
import { denseBits } from './network-bits.ts';
import { compareBackends, trainHundred, type NetworkCase } from './network-case.ts';
import { watchGpu } from './watch-gpu.ts';

declare module 'vitest/browser' {
  interface BrowserCommands {
    runInFreshBrowser: (file: string, name: string) => Promise<string>;
  }
}

const plain = { hidden_units: [9, 5], batch_size: 16, weight_decay: 0 };
const classes: NetworkCase = { rows: 64, width: 7, classes: 3, parameters: plain };
const cases: readonly (readonly [string, NetworkCase])[] = [
  ['AdamW', { ...classes, parameters: { ...plain, optimizer: 'adamw', weight_decay: 0.3 } }],
  [
    'momentum, and no hidden layer',
    {
      ...classes,
      parameters: { ...plain, hidden_units: [], optimizer: 'sgd', weight_decay: 0.1 },
    },
  ],
  [
    "Nesterov's momentum",
    { ...classes, parameters: { ...plain, optimizer: 'sgd', nesterov: true } },
  ],
  [
    'rows that count differently, and smoothed labels',
    { ...classes, weighted: true, parameters: { ...plain, label_smoothing: 0.2 } },
  ],
  [
    'numbers that are dropped',
    { ...classes, parameters: { ...plain, activation: 'tanh', dropout: 0.4 } },
  ],
  ['gradients that are cut', { ...classes, parameters: { ...plain, clip_norm: 0.3 } }],
  ['its own input', { ...classes, classes: 1, reconstructs: true }],
];

it.each(cases)('is within 1e-4 of tfjs after a hundred steps: %s', async (_, one) => {
  await createBrowserEngine('cpu');
  await compareBackends(gpuBackend, tensorBackend, one);
});

it('has the same bits in a fresh browser', async () => {
  const here = await denseBits();
  expect(here).toMatch(/^[0-9a-f]{64}$/);
  expect(await commands.runInFreshBrowser('network-bits.ts', 'denseBits')).toBe(here);
});

it('ends twenty trainings as it ends the first', async () => {
  const watch = watchGpu();
  const made: number[] = [];
  for (let run = 0; run < 20; run += 1) {
    const before = watch.made();
    await trainHundred(gpuBackend, classes);
    made.push(watch.made() - before);
    expect(watch.live()).toEqual([]);
  }
  expect(new Set(made).size).toBe(1);
});
