import { describe, expect, it } from 'vitest';
import type { TrainedModel } from '#core/models/estimator.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { createNodeEngine } from '#engine/node-engine.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import { tensorMemory } from '#engine/networks/tensors/tensor-network.ts';
import { drawTraining, trainToEnd } from '../support/training-data.ts';

async function train(backend: 'wasm' | 'cpu', changes: Readonly<Record<string, unknown>>) {
  await createNodeEngine(backend);
  const { model } = await trainToEnd(
    trainNetworkOn(backend, mlp),
    drawTraining('classification', { seed: 1, outputs: 3, rows: 100 }),
    resolveParameters(mlp.parameters, { epochs: 2, hidden_units: [256], ...changes }, 'test'),
  );
  model.dispose();
  return model;
}

const bitsOf = ({ weights }: TrainedModel) => weights.map(({ values }) => [...values]);

describe.each(['wasm', 'cpu'] as const)('a budget of memory on %s', (backend) => {
  it('refuses a training before it takes anything', async () => {
    const { tensors } = tensorMemory();
    await expect(train(backend, { max_memory_mb: 0.01 })).rejects.toMatchObject({
      code: 'memory_budget',
      message: expect.stringContaining('needs at least') as string,
      hint: expect.stringContaining('raise max_memory_mb') as string,
    });
    expect(tensorMemory().tensors).toBe(tensors);
  });

  it('ends one that turns out to need more', async () => {
    const { tensors } = tensorMemory();
    // 0.107 MB by their sizes alone; both take more than that.
    await expect(train(backend, { max_memory_mb: 0.11 })).rejects.toMatchObject({
      code: 'memory_budget',
      message: expect.stringContaining('so far') as string,
    });
    expect(tensorMemory().tensors).toBe(tensors);
  });

  it('changes no bit of a training that fits', async () => {
    const free = await train(backend, { max_memory_mb: 0 });
    expect(bitsOf(await train(backend, { max_memory_mb: 5 }))).toEqual(bitsOf(free));
  });
});

it.each([-1, 2e6, '2 GB'])('a budget of %s MB is none', (max_memory_mb) => {
  expect(() => resolveParameters(mlp.parameters, { max_memory_mb }, 'test')).toThrow(
    /max_memory_mb/,
  );
});
