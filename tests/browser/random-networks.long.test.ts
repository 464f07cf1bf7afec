import { expect, it } from 'vitest';
import { autoencoder } from '#core/models/networks/autoencoder.ts';
import { cnn } from '#core/models/networks/cnn.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import { createBrowserEngine } from '#engine/browser-engine.ts';
import { tensorMemory } from '#engine/networks/tensors/tensor-network.ts';
import { expectAlike } from '../support/expect-alike.ts';
import { randomNetworks } from '../support/random-networks.ts';
import { trainSmall } from '../support/small-networks.ts';

it.each(randomNetworks(8, [mlp, cnn, autoencoder]))(
  'shapes and parameters by chance: our shaders are within 1e-4 of our kernels, $title',
  async (one) => {
    await createBrowserEngine('wasm');
    const [shaders, kernels] = [await trainSmall('webgpu', one), await trainSmall('wasm', one)];
    expectAlike(shaders, kernels);
    expect(tensorMemory().tensors).toBe(0);
    for (const { model } of [shaders, kernels]) model.dispose();
  },
);
