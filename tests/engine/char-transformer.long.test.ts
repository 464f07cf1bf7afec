// The umbrella package registers the gradients of tfjs-core.
import '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { activateBackend } from '#engine/backends.ts';
import { trainCharacters, validation } from '../support/train-characters.ts';
import { expectAsTfjs } from '../support/train-network.ts';

describe('a character transformer', () => {
  beforeAll(() => activateBackend('cpu', ''));

  it.each([
    ['one block', {}],
    ['two blocks, relu, and dropout', { layers: 2, heads: '4', activation: 'relu', dropout: 0.2 }],
  ])('is within 1e-4 of tfjs after a hundred steps: %s', async (_, given) => {
    const { history } = await expectAsTfjs(
      (backend) => trainCharacters(backend, given),
      validation.features,
    );
    const [first, last] = [history[0]?.trainLoss ?? NaN, history.at(-1)?.trainLoss];
    expect(last).toBeLessThan(0.75 * first);
  });
});
