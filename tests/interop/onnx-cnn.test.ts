import { describe, expect, it } from 'vitest';
import { cnn } from '#core/models/networks/cnn.ts';
import { GraphBuilder } from '#core/onnx/graph-builder.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import { drawImages, type ImageOptions } from '../support/image-data.ts';
import { trainToEnd } from '../support/training-data.ts';
import { inThreeRuntimes } from './three-runtimes.ts';

interface Case extends Omit<ImageOptions, 'seed'> {
  readonly parameters?: Readonly<Record<string, unknown>>;
}

const odd = { height: 9, width: 7, channels: 1 };
const cases: Readonly<Record<string, Case>> = {
  'two classes of grey images with odd sides': { outputs: 2, image: odd },
  'three classes of colour images': { image: { height: 8, width: 8, channels: 3 } },
  values: { outputs: 1 },
  'windows of five, and tanh': { parameters: { kernel_size: '5', activation: 'tanh' } },
  'strides over odd and even sides': { image: odd, parameters: { pooling: 'stride' } },
  'strides of windows of five': { parameters: { pooling: 'stride', kernel_size: '5' } },
  'convolutions alone': { parameters: { pooling: 'none', hidden_units: [] } },
  'batch normalization': { parameters: { batch_norm: true } },
  'batch normalization, strides and tanh': {
    ...{ outputs: 1, image: odd },
    parameters: { batch_norm: true, pooling: 'stride', activation: 'tanh' },
  },
  'no convolution': { parameters: { filters: [] } },
};

describe('a convolutional network as an ONNX file', () => {
  it.each(Object.entries(cases))('answers in three runtimes as here: %s', async (_, one) => {
    const train = drawImages({ seed: 1, ...one });
    const quick = { filters: [5, 9], hidden_units: [7], epochs: 8, patience: 8 };
    const parameters = resolveParameters(cnn.parameters, { ...quick, ...one.parameters }, 'test');
    const { model } = await trainToEnd(trainNetworkOn('wasm', cnn), train, parameters);
    // Behind the first rows some a hundred times as bright as any that it was trained on.
    const { features } = drawImages({ seed: 2, ...one, rows: 25 });
    const { rows, width } = features;
    const values = features.values.map((value, at) => (at < 5 * width ? value : value * 100));

    const { task, outputs } = train;
    const graph = new GraphBuilder(['pixels', 'answers']);
    const input = graph.input('pixels', 'float32', width);
    const { image } = features;
    const emitted = { task, outputs, width, ...(image && { image }), parameters };
    const answers = cnn.emit(graph, input, { ...emitted, weights: model.weights });
    graph.output('answers', 'float32', answers, outputs);
    const bytes = graph.finish({
      ...{ graphName: 'g', producerVersion: '1', docString: '', metadata: {} },
    });
    const feeds = { pixels: { dtype: 'float32' as const, values, sizes: [width] } };
    const given = await inThreeRuntimes(bytes, feeds, rows, 'answers');
    const own = await model.predict({ ...features, values });
    for (const [runtime, theirs] of Object.entries(given) as [string, Float64Array][]) {
      expect(theirs, runtime).toHaveLength(own.length);
      for (const [i, value] of own.entries()) {
        const unit = task === 'regression' ? Math.max(1, Math.abs(value)) : 1;
        expect(Math.abs((theirs[i] ?? NaN) - value) / unit, runtime).toBeLessThanOrEqual(1e-5);
      }
    }
  });
});
