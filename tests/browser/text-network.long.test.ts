import { expect, it } from 'vitest';
import type { WeightTensor } from '#core/models/weight-tensor.ts';
import { textClassifier } from '#core/models/networks/text-classifier.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { createBrowserEngine } from '#engine/browser-engine.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import { tensorMemory } from '#engine/networks/tensors/tensor-network.ts';
import { drawTokens } from '../support/token-data.ts';
import { trainToEnd } from '../support/training-data.ts';

/** So many words in a batch that the way back of the look-up takes two products. */
const parameters = resolveParameters(
  textClassifier.parameters,
  { embedding_size: 5, hidden_units: [7], batch_size: 200, epochs: 4, patience: 4 },
  'test',
);

async function train(backend: 'webgpu' | 'wasm'): Promise<readonly WeightTensor[]> {
  const data = drawTokens({ seed: 1, rows: 400 });
  const { model } = await trainToEnd(trainNetworkOn(backend, textClassifier), data, parameters);
  await model.predict(data.features);
  model.dispose();
  return model.weights;
}

it('a text network trains on WebGPU as on our kernels, to the same bits each time', async () => {
  await createBrowserEngine('webgpu');
  const before = tensorMemory();
  const first = await train('webgpu');
  expect(await train('webgpu')).toEqual(first);
  expect(tensorMemory()).toEqual(before);
  for (const [i, { name, values }] of (await train('wasm')).entries()) {
    expect(first[i]?.name).toBe(name);
    for (const [k, value] of values.entries()) {
      expect(Math.abs(value - (first[i]?.values[k] ?? NaN)), `${name}, ${k}`).toBeLessThan(1e-4);
    }
  }
});
