import { describe, expect, it } from 'vitest';
import { estimatorNamed } from '#core/models/registry.ts';
import { GraphBuilder } from '#core/onnx/graph-builder.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { trainToEnd } from '../support/training-data.ts';
import { inThreeRuntimes } from './three-runtimes.ts';
import { categoryCases, type TreeCase } from './tree-cases.ts';

const boosting = estimatorNamed('gradient_boosting');

/** The held-out rows, and behind them each row again without its first feature. */
function askedRows({ held }: TreeCase): TreeCase['held']['features'] {
  const { rows, width, values, names } = held.features;
  const without = values.map((value, i) => (i % width === 0 ? NaN : value));
  return { rows: rows * 2, width, names, values: Float32Array.of(...values, ...without) };
}

describe('splits by categories, written as chains of nodes', () => {
  it.each(categoryCases.map((one) => [one.name, one] as const))(
    'answer in three runtimes as the trainer does: %s',
    async (_, one) => {
      const resolved = resolveParameters(boosting.parameters, one.parameters, 'parameters');
      const trained = await trainToEnd(
        boosting.train ?? expect.fail('no trainer'),
        one.train,
        resolved,
      );
      const { weights } = trained.model;
      expect(weights.map(({ name }) => name)).toContain('sets');
      const features = askedRows(one);
      const { rows, width, values, names } = features;

      const graph = new GraphBuilder(['answers']);
      const inputs = names.map((name) => graph.input(name, 'float32', 1));
      const { task, outputs } = one.train;
      const model = { task, outputs, width, parameters: resolved, weights };
      const answers = boosting.emit(graph, graph.concat(inputs), model);
      graph.output('answers', 'float64', graph.cast(answers, 'float64'), outputs);
      const bytes = graph.finish({
        ...{ graphName: 'g', producerVersion: '1', docString: '', metadata: {} },
      });
      const column = (j: number) => ({
        dtype: 'float32' as const,
        values: values.filter((_value, i) => i % width === j),
      });
      const feeds = Object.fromEntries(names.map((name, j) => [name, column(j)]));
      const given = await inThreeRuntimes(bytes, feeds, rows, 'answers');
      const wanted = await trained.model.predict(features);
      for (const [runtime, own] of Object.entries(given) as [string, Float64Array][]) {
        expect(own, runtime).toHaveLength(wanted.length);
        const away = own.map((value, i) => {
          const right = wanted[i] ?? NaN;
          return Math.abs(value - right) / Math.max(1, Math.abs(right));
        });
        expect(Math.max(...away), runtime).toBeLessThanOrEqual(1e-5);
      }
    },
  );
});
