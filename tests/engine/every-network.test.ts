// The umbrella package registers the gradients of tfjs-core.
import '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { BackendName } from '#core/engine.ts';
import type { Layer } from '#core/networks/layer.ts';
import { weightsSha256 } from '#core/run/weights-hash.ts';
import { activateBackend } from '#engine/backends.ts';
import { readPosition } from '#engine/networks/position.ts';
import { tensorMemory } from '#engine/networks/tensors/tensor-network.ts';
import { eagerThreads } from '../support/eager-threads.ts';
import { smallNetworks, planOf, trainSmall } from '../support/small-networks.ts';

const kinds: Readonly<Record<Layer['kind'], true>> = {
  dense: true,
  activation: true,
  convolution: true,
  convolution_1d: true,
  global_pool: true,
  gru: true,
  max_pool: true,
  dropout: true,
  batch_norm: true,
  embedding: true,
  token_embedding: true,
  attention_pool: true,
  characters: true,
  layer_norm: true,
  transformer_block: true,
  place_dense: true,
};

it('the networks of these tests have every kind of layer', () => {
  const seen = smallNetworks.flatMap((one) => planOf(one).layers.map(({ kind }) => kind));
  expect(new Set<string>(seen)).toEqual(new Set(Object.keys(kinds)));
});

describe.each(smallNetworks)('$title', (one) => {
  beforeAll(() => activateBackend('cpu', ''));

  it('goes on from the middle of an epoch to the same bits, also where threads are lent', async () => {
    const whole = await trainSmall('wasm', one);
    const bits = await weightsSha256(whole.model.weights);
    expect(readPosition(whole.middle?.position).batch).toBeGreaterThan(0);
    const threads = eagerThreads(2);
    const rest = await trainSmall('wasm', one, { last: whole.middle, threads });
    expect(await weightsSha256(rest.model.weights)).toBe(bits);
    expect(rest.curve).toEqual(whole.curve);
    expect(threads.running()).toBe(0);
  });

  it.each<BackendName>(['wasm', 'cpu'])(
    'is refused beyond its budget before anything is taken: %s',
    async (backend) => {
      const { tensors } = tensorMemory();
      const parameters = { ...one.parameters, max_memory_mb: 0.001 };
      await expect(trainSmall(backend, { ...one, parameters })).rejects.toMatchObject({
        code: 'memory_budget',
        message: expect.stringContaining('needs at least') as string,
      });
      expect(tensorMemory().tensors).toBe(tensors);
    },
  );
});
