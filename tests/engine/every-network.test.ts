// The umbrella package registers the gradients of tfjs-core.
import '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { BackendName } from '#core/engine.ts';
import type { Estimator } from '#core/models/estimator.ts';
import type { Layer } from '#core/networks/layer.ts';
import { trainingParameters } from '#core/networks/training.ts';
import { weightsSha256 } from '#core/run/weights-hash.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { activateBackend } from '#engine/backends.ts';
import { readPosition } from '#engine/networks/position.ts';
import { tensorMemory } from '#engine/networks/tensors/tensor-network.ts';
import { lending } from '../support/lending.ts';
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

/** How large networks are; one size says what others would. */
const sizes = new Set(['heads', 'width']);
/** What is left out unless somebody asks for it. */
const extras = new Set([
  'dropout',
  'clip_norm',
  'label_smoothing',
  'crop',
  'shift',
  'rotate',
  'mix_up',
]);

it('the networks of these tests have every choice that networks have', () => {
  const shared = new Set(trainingParameters.map(({ name }) => name));
  const nameOf = (estimator: Estimator, name: string, value: unknown): string =>
    `${shared.has(name) ? 'some network' : estimator.name}, ${name}: ${String(value)}`;
  const seen = smallNetworks.flatMap(({ estimator, parameters }) => {
    const resolved = resolveParameters(estimator.parameters, parameters, estimator.name);
    return Object.entries(resolved).map(([name, value]) =>
      nameOf(estimator, name, extras.has(name) ? Number(value) > 0 : value),
    );
  });
  const wanted = smallNetworks.flatMap(({ estimator }) =>
    estimator.parameters.flatMap((one) => {
      const values = one.kind === 'choice' ? one.choices : [false, true];
      const isAsked = one.kind === 'choice' ? !sizes.has(one.name) : one.kind === 'boolean';
      return isAsked || extras.has(one.name)
        ? values.map((value) => nameOf(estimator, one.name, value))
        : [];
    }),
  );
  expect(wanted.length).toBeGreaterThan(0);
  expect([...new Set(wanted)].filter((one) => !seen.includes(one))).toEqual([]);
});

const [two, three] = [lending(2), lending(3)];

describe.each(smallNetworks)('$title', (one) => {
  beforeAll(() => activateBackend('cpu', ''));

  it('goes on from the middle of an epoch to the same bits, and has them by one, two and three threads', async () => {
    const whole = await trainSmall('wasm', one);
    const bits = await weightsSha256(whole.model.weights);
    expect(readPosition(whole.middle?.position).batch).toBeGreaterThan(0);
    for (const [lent, last] of [
      [two, whole.middle],
      [three, null],
    ] as const) {
      const others = await lent((sitting) => trainSmall('wasm', one, { ...sitting, last }));
      expect(await weightsSha256(others.model.weights)).toBe(bits);
      expect(others.curve).toEqual(whole.curve);
    }
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
