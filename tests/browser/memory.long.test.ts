import { expect, it } from 'vitest';
import type { BackendName } from '#core/engine.ts';
import type { Estimator, TrainingData } from '#core/models/estimator.ts';
import { charTransformer } from '#core/models/networks/char-transformer.ts';
import { cnn } from '#core/models/networks/cnn.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import { createBrowserEngine } from '#engine/browser-engine.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { drawCoded } from '../support/coded-data.ts';
import { drawImages } from '../support/image-data.ts';
import { smallNetworks } from '../support/small-networks.ts';
import { drawTraining, trainToEnd } from '../support/training-data.ts';
import { countHeld, type Held } from './held-memory.ts';

interface Case {
  readonly name: string;
  readonly estimator: Estimator;
  readonly data: TrainingData;
  readonly parameters: object;
}

const networks: readonly Case[] = [
  {
    name: 'an MLP',
    estimator: mlp,
    data: drawTraining('classification', { seed: 1, rows: 24 }),
    parameters: { batch_norm: true },
  },
  {
    name: 'an MLP of dense layers alone',
    estimator: mlp,
    data: drawTraining('regression', { seed: 1, rows: 24 }),
    parameters: {},
  },
  {
    name: 'a CNN',
    estimator: cnn,
    data: drawImages({ seed: 1, rows: 24 }),
    parameters: { filters: [4], hidden_units: [5] },
  },
  { name: 'embeddings', estimator: mlp, data: drawCoded(1, 24), parameters: {} },
];
/** Of every other network that is registered a small one, for a few steps. */
const others: readonly Case[] = smallNetworks
  .filter(({ estimator }, i) => smallNetworks.findIndex((one) => one.estimator === estimator) === i)
  .filter(({ estimator }) => !networks.some((one) => one.estimator === estimator))
  .map(({ estimator, parameters, draw }) => ({
    ...{ name: estimator.name, estimator },
    // Batches of one size: a GPU in software compiles the language model's hundred shaders for most of a minute.
    data: draw(1, estimator === charTransformer ? 8 : 12),
    parameters: { ...parameters, epochs: 1, batch_size: 8 },
  }));
const backends: readonly BackendName[] = ['wasm', 'cpu', 'webgpu'];
const cases = [...networks, ...others].flatMap((one) =>
  backends.map((backend) => ({ ...one, backend })),
);

it.each(cases)(
  'twenty trainings end at the memory of the first: $name on $backend',
  async ({ backend, estimator, data, parameters: changes }) => {
    await createBrowserEngine(backend);
    const held = countHeld();
    const given = { epochs: 2, batch_size: 8, ...changes };
    const parameters = resolveParameters(estimator.parameters, given, 'test');
    const before = await held();
    const ends: Held[] = [];
    for (let run = 0; run < 20; run += 1) {
      const trainer = trainNetworkOn(backend, estimator);
      const { model } = await trainToEnd(trainer, data, parameters, 1, data);
      await model.predict(data.features);
      model.dispose();
      ends.push(await held());
    }
    for (const { tensors, tensorBytes, buffers } of ends) {
      expect({ tensors, tensorBytes, buffers }).toEqual({ tensors: 0, tensorBytes: 0, buffers: 0 });
    }
    const [first, last] = [ends[0], ends.at(-1)];
    expect(first?.memories).toBeLessThanOrEqual(before.memories + 1);
    expect(last?.memories).toBe(first?.memories);
    // Within what compiled code and the test's own notes take.
    expect((last?.heapBytes ?? NaN) - (first?.heapBytes ?? NaN)).toBeLessThan(1_000_000);
  },
  300_000,
);
