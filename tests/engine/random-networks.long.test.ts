// The umbrella package registers the gradients of tfjs-core.
import '@tensorflow/tfjs';
import { beforeAll, it } from 'vitest';
import { activateBackend } from '#engine/backends.ts';
import { expectAlike } from '../support/expect-alike.ts';
import { randomNetworks } from '../support/random-networks.ts';
import { trainSmall } from '../support/small-networks.ts';

beforeAll(() => activateBackend('cpu', ''));

it.each(randomNetworks(12))(
  'shapes and parameters by chance: our kernels are within 1e-4 of tfjs, $title',
  async (one) => {
    const [ours, theirs] = [await trainSmall('wasm', one), await trainSmall('cpu', one)];
    expectAlike(ours, theirs);
    for (const { model } of [ours, theirs]) model.dispose();
  },
);
