// The umbrella package registers the gradients of tfjs-core.
import '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { takeMatrixRows } from '#core/features/matrix.ts';
import type { TrainedModel, TrainingData } from '#core/models/estimator.ts';
import { estimatorNamed, estimators } from '#core/models/registry.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { activateBackend } from '#engine/backends.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import { drawFor } from '../support/draw-for.ts';
import { farthest } from '../support/small-networks.ts';
import { trainToEnd } from '../support/training-data.ts';

const ROWS = 24;

/** How often each row is there. */
const times = Int32Array.from({ length: ROWS }, (_, row) => [1, 3, 2, 0][row % 4] ?? 0);

/** Rows that are there several times. */
function repeated({ features, target, ...data }: TrainingData): TrainingData {
  const rows = Int32Array.from(Array.from(times).flatMap((n, row) => Array<number>(n).fill(row)));
  return {
    ...data,
    features: takeMatrixRows(features, rows),
    target: Float64Array.from(rows, (row) => target[row] ?? NaN),
  };
}

/** The same as rows that count so much, with a mean of 1. */
function weighted(data: TrainingData): TrainingData {
  const mean = times.reduce((sum, n) => sum + n, 0) / ROWS;
  return { ...data, weights: Float64Array.from(times, (n) => n / mean) };
}

const cases = estimators
  .filter(({ network, acceptsWeights }) => network !== undefined && acceptsWeights === true)
  .flatMap(({ name, tasks }) =>
    tasks.flatMap((task) => [
      { backend: 'wasm' as const, name, task },
      // tfjs has one loss for all networks, and is slow on the processor.
      ...(name === 'mlp' ? [{ backend: 'cpu' as const, name, task }] : []),
    ]),
  );

beforeAll(() => activateBackend('cpu', ''));

it.each(cases)(
  'a row of $name that counts three times is three rows: $task on $backend',
  async ({ backend, name, task }) => {
    const estimator = estimatorNamed(name);
    const smooth = task === 'classification' ? { label_smoothing: 0.1 } : {};
    const steps = { batch_size: 1000, epochs: 5, patience: 5, optimizer: 'sgd', ...smooth };
    const parameters = resolveParameters(estimator.parameters, steps, 'test');
    const train = async (data: TrainingData): Promise<TrainedModel> =>
      (await trainToEnd(trainNetworkOn(backend, estimator), data, parameters)).model;
    const data = drawFor(estimator, task, { seed: 1, rows: ROWS });
    const [rows, counts, even] = [
      await train(repeated(data)),
      await train(weighted(data)),
      await train(data),
    ];
    expect(farthest(counts.weights, rows.weights).by).toBeLessThan(1e-5);
    expect(farthest(even.weights, rows.weights).by).toBeGreaterThan(1e-3);
    for (const model of [rows, counts, even]) model.dispose();
  },
);
