// The umbrella package registers the gradients of tfjs-core.
import '@tensorflow/tfjs';
import { beforeAll, it } from 'vitest';
import { activateBackend } from '#engine/backends.ts';
import { expectAlike } from '../support/expect-alike.ts';
import { hundredSteps, smallNetworksOn, trainSmall } from '../support/small-networks.ts';

beforeAll(() => activateBackend('cpu', ''));

it.each(smallNetworksOn('cpu'))(
  'is within 1e-4 of tfjs after a hundred steps: $title',
  { timeout: 300_000 },
  async (one) => {
    const hundred = { ...one, parameters: { ...one.parameters, ...hundredSteps } };
    const ours = await trainSmall('wasm', hundred);
    const theirs = await trainSmall('cpu', hundred);
    expectAlike(
      { ...ours, weights: ours.model.weights },
      { ...theirs, weights: theirs.model.weights },
    );
    theirs.model.dispose();
  },
);
