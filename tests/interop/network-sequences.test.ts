import { beforeAll, describe, expect, it } from 'vitest';
import { emitNetwork } from '#core/networks/emit-network.ts';
import type { Layer } from '#core/networks/layer.ts';
import { trainingParameters } from '#core/networks/training.ts';
import { GraphBuilder } from '#core/onnx/graph-builder.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { networkBackendOf } from '#engine/networks/registry.ts';
import { networkTrainer } from '#engine/networks/train-network.ts';
import { drawSequences, type SequenceOptions } from '../support/sequence-data.ts';
import { trainToEnd } from '../support/training-data.ts';
import {
  expectLikeReference,
  referencesOf,
  type NetworkCase,
  type Reference,
} from './network-reference.ts';
import { inThreeRuntimes } from './three-runtimes.ts';

interface Case extends Omit<SequenceOptions, 'seed'> {
  readonly layers: readonly Layer[];
}

const relu: Layer = { kind: 'activation', function: 'relu' };
const usual = { kind: 'convolution_1d', filters: 5, size: 3, stride: 1, padding: 'same' } as const;
const gru = (units: number, gives: 'last' | 'all'): Layer => ({ kind: 'gru', units, gives });
const max: Layer = { kind: 'global_pool', function: 'max' };
const mean: Layer = { kind: 'global_pool', function: 'mean' };

const cases: Readonly<Record<string, Case>> = {
  'windows that keep the length, and the largest': {
    layers: [usual, relu, { ...usual, size: 4, filters: 9 }, relu, { kind: 'batch_norm' }, max],
  },
  'windows that look back, and the mean, of values': {
    layers: [{ ...usual, padding: 'causal', size: 5 }, relu, mean],
    outputs: 1,
  },
  'recurrent units': { layers: [gru(7, 'last')], length: 20 },
  'layers of recurrent units, of values': {
    layers: [gru(9, 'all'), gru(6, 'all'), gru(5, 'last')],
    ...{ outputs: 1, channels: 3 },
  },
  'windows behind recurrent units': {
    layers: [gru(8, 'all'), { ...usual, padding: 'causal' }, relu, mean],
    channels: 1,
  },
  'strides, and all positions': {
    layers: [
      { ...usual, stride: 2 },
      relu,
      { ...usual, stride: 2, padding: 'valid', filters: 8 },
      { kind: 'dropout', share: 0.2 },
    ],
    ...{ length: 17, channels: 1, outputs: 2 },
  },
};

function networkOf(one: Case): NetworkCase {
  const { length = 12, channels = 2 } = one;
  const draw = (seed: number) => drawSequences({ rows: 43, noise: 1, ...one, seed });
  const { task, outputs } = draw(1);
  const layers: Layer[] = [...one.layers, { kind: 'dense', units: outputs }];
  const usualParameters = { epochs: 10, patience: 10, batch_size: 12 };
  return {
    plan: { input: [length, channels], layers, task, outputs },
    data: draw(1),
    validation: draw(2),
    parameters: resolveParameters(trainingParameters, usualParameters, 'test'),
  };
}

const all = Object.entries(cases);
let references: readonly Reference[];
beforeAll(async () => {
  references = await referencesOf(all.map(([, one]) => networkOf(one)));
});

describe.each(all.map(([name, one], i) => ({ name, one, i })))('$name', ({ one, i }) => {
  it('goes the way of the reference: losses and weights', async () => {
    const reference = references[i];
    if (reference === undefined) throw new Error('no reference');
    await expectLikeReference(networkOf(one), reference);
  });

  it('answers in three runtimes as here', async () => {
    const { plan, data, parameters } = networkOf(one);
    const trainer = networkTrainer(networkBackendOf('wasm'), () => plan);
    const { model } = await trainToEnd(trainer, data, parameters, 1, data);
    // Behind the first rows some a hundred times as large as any that it was trained on.
    const { features } = data;
    const { rows, width } = features;
    const values = features.values.map((value, at) => (at < 5 * width ? value : value * 100));
    const graph = new GraphBuilder(['sequences', 'answers']);
    const input = graph.input('sequences', 'float32', width);
    const weights = model.weights;
    graph.output('answers', 'float32', emitNetwork(graph, input, plan, weights), plan.outputs);
    const bytes = graph.finish({
      ...{ graphName: 'g', producerVersion: '1', docString: '', metadata: {} },
    });
    const feeds = { sequences: { dtype: 'float32' as const, values, sizes: [width] } };
    const given = await inThreeRuntimes(bytes, feeds, rows, 'answers');
    const own = await model.predict({ ...features, values });
    for (const [runtime, theirs] of Object.entries(given) as [string, Float64Array][]) {
      expect(theirs, runtime).toHaveLength(own.length);
      for (const [k, value] of own.entries()) {
        const unit = plan.task === 'regression' ? Math.max(1, Math.abs(value)) : 1;
        expect(Math.abs((theirs[k] ?? NaN) - value) / unit, runtime).toBeLessThanOrEqual(1e-5);
      }
    }
  });
});
