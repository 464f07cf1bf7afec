import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { TrainedModel } from '#core/models/estimator.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import { GraphBuilder } from '#core/onnx/graph-builder.ts';
import { resolveParameters, type ParameterValues } from '#core/spec/parameters.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import { drawCoded } from '../support/coded-data.ts';
import { trainToEnd } from '../support/training-data.ts';
import { runPython } from './python.ts';
import { inThreeRuntimes } from './three-runtimes.ts';

const script = fileURLToPath(new URL('embedding.py', import.meta.url));
const train = drawCoded(1, 200);
const sizes = [0, 1, 7];

/** Held-out rows; every ninth has a code that no training row had, every eleventh one below 0. */
function askedRows(): FeatureMatrix {
  const { features } = drawCoded(9, 90);
  const values = features.values.map((value, at) => {
    if (at % features.width !== 1) return value;
    const row = Math.floor(at / features.width);
    if (row % 9 === 0) return 5 + row;
    return row % 11 === 0 ? -1 : value;
  });
  return { ...features, values };
}

describe('a network with embeddings', () => {
  const asked = askedRows();
  const models: { readonly parameters: ParameterValues; readonly model: TrainedModel }[] = [];
  const own: Float32Array[] = [];
  beforeAll(async () => {
    for (const embedding_size of sizes) {
      const given = { embedding_size, hidden_units: [8], epochs: 15 };
      const parameters = resolveParameters(mlp.parameters, given, 'test');
      const trainer = trainNetworkOn('wasm', mlp);
      const { model } = await trainToEnd(trainer, train, parameters, 1, drawCoded(2, 60));
      models.push({ parameters, model });
      own.push(await model.predict(asked));
    }
  });

  it('answers as NumPy does with the same vectors', async () => {
    const input = models.map(({ model }) => ({
      width: asked.width,
      features: [...asked.values],
      categories: [...(asked.categories ?? [])],
      weights: Object.fromEntries(
        model.weights.map(({ name, shape, values }) => [name, { shape, values: [...values] }]),
      ),
    }));
    const printed = await runPython(script, { input: JSON.stringify(input) });
    for (const [i, wanted] of (JSON.parse(printed) as number[][]).entries()) {
      expect(own[i]).toHaveLength(wanted.length);
      for (const [at, value] of wanted.entries()) {
        expect(Math.abs(value - (own[i]?.[at] ?? NaN))).toBeLessThanOrEqual(1e-5);
      }
    }
  });

  it.each(sizes.map((size, i) => [size, i] as const))(
    'looks vectors of %i numbers up in three runtimes as the trainer does',
    async (_, i) => {
      const { parameters, model } = models[i] ?? expect.fail('not trained');
      const { names, width, rows, values, categories } = asked;
      const graph = new GraphBuilder(['answers']);
      const inputs = names.map((name) => graph.input(name, 'float32', 1));
      const { task, outputs } = train;
      const emitted = { task, outputs, width, parameters, weights: model.weights };
      const answers = mlp.emit(graph, graph.concat(inputs), {
        ...emitted,
        ...(categories && { categories }),
      });
      graph.output('answers', 'float64', graph.cast(answers, 'float64'), outputs);
      const about = { graphName: 'g', producerVersion: '1', docString: '', metadata: {} };
      const column = (j: number) => ({
        dtype: 'float32' as const,
        values: values.filter((_value, at) => at % width === j),
      });
      const feeds = Object.fromEntries(names.map((name, j) => [name, column(j)]));
      const given = await inThreeRuntimes(graph.finish(about), feeds, rows, 'answers');
      for (const [runtime, found] of Object.entries(given) as [string, Float64Array][]) {
        expect(found, runtime).toHaveLength(rows * outputs);
        for (const [at, value] of found.entries()) {
          expect(Math.abs(value - (own[i]?.[at] ?? NaN)), runtime).toBeLessThanOrEqual(1e-5);
        }
      }
    },
  );
});
