// The umbrella package registers the gradients of tfjs-core.
import '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { weightOf, type EpochEvent } from '#core/models/estimator.ts';
import { activateBackend } from '#engine/backends.ts';
import { expectClose, trainCharacters, validation } from '../support/train-characters.ts';

describe('a character transformer', () => {
  beforeAll(() => activateBackend('cpu', ''));

  it.each([
    ['one block', {}],
    ['two blocks, relu, and dropout', { layers: 2, heads: '4', activation: 'relu', dropout: 0.2 }],
  ])('is within 1e-4 of tfjs after a hundred steps: %s', async (_, given) => {
    const [ours, theirs] = [
      await trainCharacters('wasm', given),
      await trainCharacters('cpu', given),
    ];
    const losses = (events: readonly EpochEvent[]): number[] =>
      events.flatMap(({ trainLoss, validationLoss }) => [trainLoss, validationLoss ?? NaN]);
    expectClose(losses(ours.events), losses(theirs.events));
    for (const { name, values } of ours.model.weights) {
      expectClose(values, weightOf(theirs.model.weights, name).values);
    }
    const { features } = validation;
    expectClose(await ours.model.predict(features), await theirs.model.predict(features));
    expect(losses(ours.events).at(-2)).toBeLessThan(0.75 * (losses(ours.events)[0] ?? 0));
    theirs.model.dispose();
  });
});
