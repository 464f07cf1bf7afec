// The umbrella package registers the gradients of tfjs-core.
import '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { activateBackend } from '#engine/backends.ts';
import { expectAlike } from '../support/expect-alike.ts';
import { forHundredSteps, smallNetworksOn, trainSmall } from '../support/small-networks.ts';

beforeAll(() => activateBackend('cpu', ''));

it.each(smallNetworksOn('cpu'))(
  'is within 1e-4 of tfjs after a hundred steps: $title',
  { timeout: 300_000 },
  async (one) => {
    const hundred = forHundredSteps(one);
    const ours = await trainSmall('wasm', hundred);
    const theirs = await trainSmall('cpu', hundred);
    expect(ours.curve).toHaveLength(10);
    expectAlike(ours, theirs);
    ours.model.dispose();
    theirs.model.dispose();
  },
);
