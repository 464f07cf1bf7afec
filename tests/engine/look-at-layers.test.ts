import { describe, expect, it } from 'vitest';
import type { Estimator, TrainingData } from '#core/models/estimator.ts';
import type { LayersSeen } from '#core/models/layer-look.ts';
import { cnn } from '#core/models/networks/cnn.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import { histogramOfValues } from '#core/networks/histogram-of-values.ts';
import { RandomStream } from '#core/random.ts';
import { weightsSha256 } from '#core/run/weights-hash.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import { createNodeEngine } from '#engine/node-engine.ts';
import { drawImages } from '../support/image-data.ts';
import { runToEnd } from '../support/run-to-end.ts';
import { drawLike, drawTraining } from '../support/training-data.ts';

/** Trains for three epochs; asks after each step where it should. */
async function train(
  backend: 'wasm' | 'cpu',
  estimator: Estimator,
  data: TrainingData,
  parameters: object,
  asks: boolean,
) {
  const seen: LayersSeen[] = [];
  const training = trainNetworkOn(
    backend,
    estimator,
  )({
    train: data,
    validation: drawLike(data, { seed: 9, rows: 20 }),
    parameters: resolveParameters(estimator.parameters, { epochs: 3, ...parameters }, 'test'),
    random: new RandomStream(3),
    signal: new AbortController().signal,
    look: { taken: () => asks, show: (layers) => seen.push(layers) },
  });
  const { model } = await runToEnd(training);
  model.dispose();
  return {
    seen,
    hash: await weightsSha256(model.weights),
    peak: model.cost?.memory.peakBytes ?? 0,
  };
}

const table = drawTraining('classification', { seed: 1, rows: 50 });
const parameters = { hidden_units: [6], dropout: 0.3, batch_norm: true, batch_size: 16 };

describe.each(['wasm', 'cpu'] as const)('a look at the layers on %s', (backend) => {
  it('changes no bit of the training', async () => {
    await createNodeEngine(backend);
    const plain = await train(backend, mlp, table, parameters, false);
    const watched = await train(backend, mlp, table, parameters, true);
    expect(plain.seen).toEqual([]);
    expect(watched.seen.length).toBeGreaterThanOrEqual(3);
    expect(watched.hash).toBe(plain.hash);
  });

  it('shows every layer but the dropping one: its weights, and what it gives for validation rows', async () => {
    await createNodeEngine(backend);
    const { seen } = await train(backend, mlp, table, parameters, true);
    const last = seen.at(-1);
    expect(last).toMatchObject({ epoch: 2, rows: 20 });
    const totals = last?.layers.map(({ name, weights, activations }) => [
      name,
      totalOf(weights),
      totalOf(activations),
    ]);
    expect(totals).toEqual([
      ['1 dense', 5 * 6, 20 * 6],
      ['2 batch norm', 2 * 6, 20 * 6],
      ['3 activation', null, 20 * 6],
      ['5 dense', 6 * 3, 20 * 3],
    ]);
    // Behind relu nothing is below 0.
    expect(last?.layers[2]?.activations?.edges[0]).toBe(0);
  });
});

it('looks only within the budget of memory: at fewer rows, or not at all', async () => {
  await createNodeEngine('wasm');
  const wide = { hidden_units: [1000], batch_size: 16 };
  const { peak, hash } = await train('wasm', mlp, table, wide, false);
  // The weights take 68 kB, and each row 4 kB.
  for (const [bytes, rows, layers] of [
    [1e6, 20, 3],
    [15e4, 5, 3],
    [0, 0, 0],
  ] as const) {
    const max_memory_mb = (peak + bytes) / 1e6;
    const watched = await train('wasm', mlp, table, { ...wide, max_memory_mb }, true);
    expect(watched.hash).toBe(hash);
    expect(watched.seen.length).toBeGreaterThan(0);
    for (const seen of watched.seen) {
      expect([seen.rows, seen.layers.length], `${bytes} bytes`).toEqual([rows, layers]);
    }
  }
});

it('shows the layers of a convolutional network, without what fills its memory up', async () => {
  const image = { height: 8, width: 8, channels: 1 } as const;
  const images = drawImages({ seed: 1, rows: 24, outputs: 3, image });
  const options = { filters: [3], hidden_units: [], batch_size: 8 };
  const { seen } = await train('wasm', cnn, images, options, true);
  const [convolution] = seen.at(-1)?.layers ?? [];
  expect(convolution?.name).toBe('1 convolution');
  expect(totalOf(convolution?.weights ?? null)).toBe(3 * 3 * 3);
  expect(totalOf(convolution?.activations ?? null)).toBe(20 * 8 * 8 * 3);
});

describe('a histogram of numbers', () => {
  it('counts all that are finite, each once', () => {
    const found = histogramOfValues(Float32Array.of(-1, 2, NaN, 2, 0.5, Infinity));
    expect(totalOf(found)).toBe(4);
    expect(found?.edges.at(0)).toBe(-1);
    expect(found?.edges.at(-1)).toBe(2);
    expect(found?.counts.at(-1)).toBe(2);
  });

  it('has one bin for one value, and there is none of no numbers', () => {
    expect(histogramOfValues(Float32Array.of(3, 3))).toMatchObject({ edges: [3, 3], counts: [2] });
    expect(histogramOfValues(new Float32Array())).toBeNull();
    expect(histogramOfValues(Float32Array.of(NaN))).toBeNull();
  });
});

function totalOf(histogram: { readonly counts: readonly number[] } | null): number | null {
  return histogram === null ? null : histogram.counts.reduce((sum, one) => sum + one, 0);
}
