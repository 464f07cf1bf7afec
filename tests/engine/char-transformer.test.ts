// The umbrella package registers the gradients of tfjs-core.
import '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { activateBackend } from '#engine/backends.ts';
import { trainCharacters, validation } from '../support/train-characters.ts';
import { expectAsTfjs, expectToGoOn } from '../support/train-network.ts';

describe('a character transformer', () => {
  beforeAll(() => activateBackend('cpu', ''));

  it('takes the steps that tfjs takes', async () => {
    const given = { layers: 2, dropout: 0.2, epochs: 2 };
    await expectAsTfjs((backend) => trainCharacters(backend, given), validation.features);
  });

  it('goes on from any checkpoint to the same weights and curve', async () => {
    const given = { epochs: 3, dropout: 0.1 };
    await expectToGoOn((last) => trainCharacters('wasm', given, last));
  });

  it('never looks ahead: what comes later changes no probability before it', async () => {
    const { model } = await trainCharacters('wasm', { epochs: 4, layers: 2 });
    const { features } = validation;
    const places = 16;
    const characters = 7;
    for (const length of [1, 8, 15]) {
      // Of the first so many characters, whatever stands behind them.
      const cut = features.values.map((code, at) => (at % places < length ? code : NaN));
      const alone = await model.predict({ ...features, values: cut });
      const nats = (answers: Float32Array, row: number): number =>
        answers[row * (characters + 1) + characters] ?? NaN;
      for (let row = 0; row < features.rows; row += 1) {
        // One character more is worth the probability that it had before it was there.
        const at = row * places + length;
        const more = features.values.map((code, i) => (i % places <= length ? code : NaN));
        const behind = await model.predict({ ...features, values: more });
        const code = features.values[at] ?? NaN;
        const chance = alone[row * (characters + 1) + code] ?? NaN;
        const sum = (length + 1) * nats(behind, row) - length * nats(alone, row);
        expect(Math.exp(-sum)).toBeCloseTo(chance, 4);
        if (row === 2) break;
      }
    }
  });
});
