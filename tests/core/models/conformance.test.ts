import { readdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '#core/engine.ts';
import type { Estimator, Trainer, TrainedModel, TrainingData } from '#core/models/estimator.ts';
import { estimatorNamed, estimators } from '#core/models/registry.ts';
import { GraphBuilder } from '#core/onnx/graph-builder.ts';
import { RandomStream } from '#core/random.ts';
import { weightsSha256 } from '#core/run/weights-hash.ts';
import { resolveParameters, type ParameterValues } from '#core/spec/parameters.ts';
import { tasks } from '#core/spec/spec.ts';
import { tensorMemory } from '#engine/networks/tensors/tensor-network.ts';
import { createNodeEngine } from '#engine/node-engine.ts';
import { drawFor } from '../../support/draw-for.ts';
import { expectParametersGuarded } from '../../support/parameters.ts';
import { drawLike, trainToEnd } from '../../support/training-data.ts';

/** What a test may spend: fewer passes than the defaults, where an estimator knows passes. */
function quickParameters({ name, parameters }: Estimator): ParameterValues {
  const knows = parameters.some((one) => one.name === 'epochs');
  return resolveParameters(parameters, knows ? { epochs: 6, patience: 6 } : {}, name);
}

let engine: Engine;
beforeAll(async () => {
  engine = await createNodeEngine('wasm');
});

function trainerOf({ name, train }: Estimator): Trainer {
  const trainer = train ?? engine.trainers[name];
  if (trainer === undefined) throw new Error(`nobody trains ${name}`);
  return trainer;
}

/** How many numbers it answers with for each row. */
function widthOf(
  { answers }: Estimator,
  parameters: ParameterValues,
  { outputs, features: { categories } }: TrainingData,
): number {
  if (answers === undefined) return outputs;
  if (answers === 'text') return (categories?.[0] ?? 0) + 1;
  if (answers === 'components') return Number(parameters['n_components']) + 1;
  return answers === 'score' ? 2 : Number(parameters['k']);
}

/** Every estimator with each of its tasks; two classes and more are two cases. */
const cases = estimators.flatMap((estimator) =>
  estimator.tasks.flatMap((task) =>
    (task === 'classification' ? [2, 3] : [1]).map((outputs) => ({
      title: `${estimator.name}, ${task}, ${outputs} outputs`,
      estimator,
      draw: (seed: number) => drawFor(estimator, task, { seed, outputs }),
    })),
  ),
);

describe.each(cases)('$title', ({ estimator, draw }) => {
  const parameters = quickParameters(estimator);
  const data = draw(1);
  const trained: TrainedModel[] = [];
  afterAll(() => {
    for (const model of trained) model.dispose();
  });
  const train = async (on: TrainingData, seed = 1): Promise<TrainedModel> => {
    const { model } = await trainToEnd(trainerOf(estimator), on, parameters, seed);
    trained.push(model);
    return model;
  };

  it('the same seed trains the same bits, and a refit equals a fresh fit', async () => {
    const fresh = await train(data);
    await train(draw(2), 5);
    const refitted = await train(data);
    expect(await weightsSha256(refitted.weights)).toBe(await weightsSha256(fresh.weights));
    for (const [i, { values }] of refitted.weights.entries()) {
      expect(values).toEqual(fresh.weights[i]?.values);
    }
  });

  it.skipIf(estimator.importances === undefined)('tells what share each feature has', async () => {
    const { weights } = await train(data);
    const shares = estimator.importances?.(weights, data.features.width) ?? new Float64Array(0);
    expect(shares).toHaveLength(data.features.width);
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  it.skipIf(estimator.stopsEarly)('is the same without validation rows', async () => {
    const { model } = await trainToEnd(
      trainerOf(estimator),
      data,
      parameters,
      1,
      drawLike(data, { seed: 3, rows: 0 }),
    );
    trained.push(model);
    expect(await weightsSha256(model.weights)).toBe(
      await weightsSha256((await train(data)).weights),
    );
  });

  it.skipIf(estimator.network === undefined)(
    'its learning rates are tried out to the same bits, and nothing stays behind',
    async () => {
      const find = engine.rateFinders[estimator.name];
      const input = { train: data, parameters, signal: new AbortController().signal };
      const tensors = tensorMemory();
      const curves = [];
      for (const random of [new RandomStream(1), new RandomStream(1)]) {
        curves.push(await find?.({ ...input, random, onSteps: () => undefined }));
      }
      expect(curves[0]?.points.length).toBeGreaterThan(17);
      expect(curves[1]).toEqual(curves[0]);
      expect(tensorMemory()).toEqual(tensors);
    },
  );

  it('training leaves its data as it was', async () => {
    const own = draw(1);
    await train(own);
    expect(own).toEqual(data);
  });

  it.skipIf(estimator.acceptsWeights !== true)(
    'rows of weight 1 are rows without weights, and other weights count',
    async () => {
      const { weights } = await train(data);
      const ones = new Float64Array(data.features.rows).fill(1);
      const even = await train({ ...data, weights: ones });
      expect(await weightsSha256(even.weights)).toBe(await weightsSha256(weights));
      const halves = ones.map((_, i) => (i % 3 === 0 ? 0.25 : 1.375));
      const uneven = await train({ ...data, weights: halves });
      expect(await weightsSha256(uneven.weights)).not.toBe(await weightsSha256(weights));
    },
  );

  it('weights are named, finite, and have the shapes they say', async () => {
    const { weights } = await train(data);
    expect(new Set(weights.map(({ name }) => name)).size).toBe(weights.length);
    for (const { name, shape, values } of weights) {
      expect(values.length, name).toBe(shape.reduce((product, size) => product * size, 1));
      expect(values.every(Number.isFinite), name).toBe(true);
    }
  });

  it('predictions are [rows, outputs]; probabilities are positive and sum to 1', async () => {
    const model = await train(data);
    for (const rows of [1, 17, 60]) {
      const like = drawLike(data, { seed: 3, rows });
      const { features } = like;
      const answers = await model.predict(features);
      const width = widthOf(estimator, parameters, like);
      expect(answers).toHaveLength(rows * width);
      expect(answers.every(Number.isFinite)).toBe(true);
      if (data.task !== 'classification' && estimator.answers !== 'probabilities') continue;
      for (let i = 0; i < rows; i += 1) {
        const row = answers.subarray(i * width, (i + 1) * width);
        expect(row.every((share) => share >= 0)).toBe(true);
        expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
      }
    }
  });

  it('the emitted graph answers as the trainer does', async () => {
    const model = await train(data);
    const { features } = draw(4);
    const bytes = emitted(estimator, data, parameters, model);
    const session = await engine.openModel(bytes);
    // The graph takes one column per input tensor, so features go in one by one.
    const columns = Object.fromEntries(
      features.names.map((name, j) => [
        name,
        {
          dtype: 'float32' as const,
          values: Float32Array.from(
            { length: features.rows },
            (_, i) => features.values[i * features.width + j] ?? NaN,
          ),
        },
      ]),
    );
    const { answers } = await session.run(columns, features.rows);
    await session.release();
    const own = await model.predict(features);
    expect(answers).toHaveLength(own.length);
    for (const [i, value] of own.entries()) {
      expect(Math.abs(Number(answers?.[i]) - value)).toBeLessThanOrEqual(1e-5);
    }
  });

  it('keeps no tensor: trained to the end, stopped in the middle, or cancelled', async () => {
    const before = tensorMemory();
    const { model } = await trainToEnd(trainerOf(estimator), data, parameters);
    await model.predict(data.features);
    model.dispose();
    expect(tensorMemory()).toEqual(before);

    const input = { train: data, validation: data, parameters, random: new RandomStream(1) };
    const stopped = trainerOf(estimator)({ ...input, signal: new AbortController().signal });
    await stopped.next();
    await stopped.return(undefined as never);
    expect(tensorMemory()).toEqual(before);

    const controller = new AbortController();
    const cancelled = trainerOf(estimator)({ ...input, signal: controller.signal });
    await cancelled.next();
    controller.abort();
    // A trainer may be through with its work after one step; then there is nothing to cancel.
    const rest = await cancelled.next().catch((thrown: unknown) => thrown);
    if (rest instanceof Error) expect(rest).toMatchObject({ kind: 'cancelled' });
    else {
      expect(rest).toMatchObject({ done: true });
      (rest as { value: TrainedModel }).value.dispose();
    }
    expect(tensorMemory()).toEqual(before);
  });

  it('reports epochs that count up, with finite losses', async () => {
    const { model, history } = await trainToEnd(trainerOf(estimator), data, parameters);
    model.dispose();
    expect(history.length).toBeGreaterThan(0);
    expect(history.map(({ epoch }) => epoch)).toEqual(history.map((_, i) => i + 1));
    for (const { epoch, epochs, trainLoss, validationLoss } of history) {
      expect(epoch).toBeLessThanOrEqual(epochs);
      expect(Number.isFinite(trainLoss)).toBe(true);
      expect(validationLoss === null || Number.isFinite(validationLoss)).toBe(true);
    }
  });
});

describe.each(estimators.map((estimator) => [estimator.name, estimator] as const))(
  '%s as an object',
  (name, estimator) => {
    it('refuses each hyper-parameter out of range by a sentence', () => {
      expectParametersGuarded(estimator.parameters, name);
    });

    it('says what it is', () => {
      expect(estimatorNamed(name)).toBe(estimator);
      expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
      for (const text of [estimator.title, estimator.shortName]) expect(text).not.toBe('');
      expect(estimator.summary).toMatch(/\.$/);
      expect(estimator.tasks.length).toBeGreaterThan(0);
    });
  },
);

describe('the registry', () => {
  it('has every estimator that a file of its folder exports, and each of them once', async () => {
    const folder = fileURLToPath(new URL('../../../src/core/models', import.meta.url));
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && file !== 'registry.ts',
    );
    const exported: unknown[] = [];
    for (const file of files) {
      const module = (await import(pathToFileURL(join(folder, file)).href)) as object;
      exported.push(...Object.values(module).filter(isEstimator));
    }
    expect(new Set(exported)).toEqual(new Set(estimators));
    expect(new Set(estimators.map(({ name }) => name)).size).toBe(estimators.length);
  });

  it('has a trivial baseline for every task, and simple ones first', () => {
    for (const task of tasks) {
      const able = estimators.filter(({ tasks }) => tasks.includes(task));
      expect(able[0]?.baseline).toBe(true);
      const order = able.map(({ complexity }) => complexity);
      expect(order).toEqual([...order].sort((a, b) => a - b));
    }
  });
});

function isEstimator(value: unknown): value is Estimator {
  return typeof value === 'object' && value !== null && 'emit' in value && 'complexity' in value;
}

/** A model alone, without feature steps, as an ONNX file: its features in, `answers` out. */
function emitted(
  estimator: Estimator,
  data: TrainingData,
  parameters: ParameterValues,
  { weights }: TrainedModel,
): Uint8Array {
  const { task, outputs, features } = data;
  const graph = new GraphBuilder(['answers', ...features.names]);
  const inputs = features.names.map((name) => graph.input(name, 'float32', 1));
  const { width, image, tokens, sequence, categories } = features;
  const answers = estimator.emit(graph, graph.concat(inputs), {
    task,
    outputs,
    width,
    ...(image && { image }),
    ...(tokens && { tokens }),
    ...(sequence && { sequence }),
    ...(categories && { categories }),
    parameters,
    weights,
  });
  graph.output('answers', 'float32', answers, widthOf(estimator, parameters, data));
  return graph.finish({
    graphName: 'conformance',
    producerVersion: '0',
    docString: '',
    metadata: {},
  });
}
