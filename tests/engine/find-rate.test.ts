// The umbrella package registers the gradients of tfjs-core.
import '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TrainingData } from '#core/models/estimator.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import { firstWeights } from '#core/networks/place-layers.ts';
import {
  RANGE_STEPS,
  rateOfStep,
  suggestRates,
  type RateCurve,
  type RateFinderInput,
} from '#core/networks/rate-finder.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { activateBackend } from '#engine/backends.ts';
import { networkRateFinders, trainNetworkOn } from '#engine/networks/registry.ts';
import { tensorMemory } from '#engine/networks/tensors/tensor-network.ts';
import { drawLike, drawTraining } from '../support/training-data.ts';

type Backend = 'wasm' | 'cpu';
const backends: readonly Backend[] = ['wasm', 'cpu'];

function find(
  backend: Backend,
  train: TrainingData,
  given: Readonly<Record<string, unknown>> = {},
  change: Partial<RateFinderInput> = {},
): Promise<RateCurve> {
  const { mlp: finder } = networkRateFinders(backend);
  if (finder === undefined) throw new Error('nobody finds rates');
  return finder({
    train,
    parameters: resolveParameters(mlp.parameters, given, 'test'),
    random: new RandomStream(3),
    signal: new AbortController().signal,
    onSteps: () => undefined,
    ...change,
  });
}

/**
 * A line through 0 to be learned by full steps of gradient descent: the loss is scale² (w − 1 ÷ scale)² + b², and a step of
 * the rate r makes of the first bracket its (1 − 2 scale² r)-fold and of b its (1 − 2 r)-fold.
 */
function lineOf(scale: number): TrainingData {
  const rows = 32;
  const values = Float32Array.from({ length: rows }, (_, i) => (i % 2 === 0 ? scale : -scale));
  return {
    task: 'regression',
    features: { rows, width: 1, values, names: ['x'] },
    target: Float64Array.from({ length: rows }, (_, i) => (i % 2 === 0 ? 1 : -1)),
    targetScale: { mean: 0, standardDeviation: 1 },
    outputs: 1,
  };
}
/** The kernel and the bias that it starts from. */
function firstOf({ task, outputs }: TrainingData): [number, number] {
  const parameters = resolveParameters(mlp.parameters, plainSteps, 'test');
  const plan = mlp.network?.({ task, outputs, width: 1 }, parameters);
  if (plan === undefined) throw new Error('the MLP is no network');
  const first = firstWeights(plan, new RandomStream(3).fork('weights'));
  const [kernel = NaN, bias = NaN] = first.flatMap(({ values }) => [...values]);
  return [kernel, bias];
}

const plainSteps = {
  ...{ hidden_units: [], optimizer: 'sgd', momentum: 0, weight_decay: 0 },
  batch_size: 32,
};

beforeAll(() => activateBackend('cpu', ''));

describe.each(backends)('a range test on %s', (backend) => {
  it.each([1, 10])('finds the known rates of a line, features of size %d', async (scale) => {
    const curve = await find(backend, lineOf(scale), plainSteps);
    const best = 1 / (2 * scale ** 2);
    let [slope, offset] = firstOf(lineOf(scale));
    slope = scale * slope - 1;
    // Beyond, what rounding has left of the bracket grows with each step.
    for (const { rate, loss } of curve.points.filter((one) => one.rate < 2 * best)) {
      expect(Math.abs(loss - slope ** 2 - offset ** 2)).toBeLessThan(1e-4);
      slope *= 1 - rate / best;
      offset *= 1 - 2 * rate;
    }
    expect(Math.abs(slope)).toBeLessThan(1e-3);
    expect(curve.ended).toBe('diverged');
    // From twice the best rate on each step makes the loss larger.
    expect(curve.points.at(-1)?.rate).toBeGreaterThan(2 * best);
    const found = suggestRates(curve);
    expect(found).toHaveLength(2);
    for (const { rate } of found) {
      expect(rate).toBeGreaterThan(best / 10);
      expect(rate).toBeLessThan(2 * best);
    }
  });

  it('has the same bits each time, and leaves nothing behind', async () => {
    const data = drawTraining('classification', { seed: 1, rows: 100 });
    const before = tensorMemory();
    const given = { dropout: 0.3, batch_norm: true };
    const first = await find(backend, data, given);
    expect(await find(backend, data, given)).toEqual(first);
    expect(tensorMemory()).toEqual(before);
    expect(data).toEqual(drawTraining('classification', { seed: 1, rows: 100 }));
  });

  it('begins as the training does', async () => {
    const data = drawTraining('classification', { seed: 1, rows: 100 });
    const given = { dropout: 0.3, batch_size: 16 };
    const { points } = await find(backend, data, given);
    const training = trainNetworkOn(
      backend,
      mlp,
    )({
      train: data,
      validation: drawLike(data, { seed: 2, rows: 9 }),
      parameters: resolveParameters(mlp.parameters, { ...given, max_steps: 1 }, 'test'),
      random: new RandomStream(3),
      signal: new AbortController().signal,
    });
    const { value } = await training.next();
    await training.return(undefined as never);
    expect(value).toMatchObject({ trainLoss: points[0]?.loss });
  });

  it('takes all rows at once where they are fewer than a batch, down to one', async () => {
    for (const rows of [3, 1]) {
      const data = drawTraining('regression', { seed: 1, rows });
      const { points } = await find(backend, data, { batch_size: 512 });
      expect(points.length).toBeGreaterThan(17);
    }
  });

  it('stops soon after a cancel, and leaves nothing behind', async () => {
    const before = tensorMemory();
    const cancelling = new AbortController();
    const data = drawTraining('classification', { seed: 1, rows: 512 });
    const given = { hidden_units: [64, 64], batch_size: 512 };
    const finding = find(backend, data, given, {
      signal: cancelling.signal,
      onSteps: () => cancelling.abort(),
    });
    await expect(finding).rejects.toMatchObject({ kind: 'cancelled' });
    expect(tensorMemory()).toEqual(before);
  });
});

describe('a range test', () => {
  it('tells how many steps are taken, up to its end', async () => {
    const heard: number[] = [];
    const data = drawTraining('classification', { seed: 1, rows: 100 });
    const { points } = await find('wasm', data, {}, { onSteps: (done) => heard.push(done) });
    expect(heard.at(-1)).toBe(points.length);
    expect(heard.toSorted((a, b) => a - b)).toEqual(heard);
  });

  it('is within 1e-4 of tfjs while its rates are small', async () => {
    const data = drawTraining('classification', { seed: 1, rows: 100 });
    const { points } = await find('wasm', data);
    const theirs = await find('cpu', data);
    for (const [i, { loss }] of points.slice(0, 50).entries()) {
      expect(Math.abs(loss - (theirs.points[i]?.loss ?? NaN))).toBeLessThan(1e-4);
    }
  });

  it('ends at once, and not by an error, where no rate holds', async () => {
    const curve = await find('wasm', lineOf(1e6), plainSteps);
    expect(curve.ended).toBe('diverged');
    expect(curve.points.length).toBeLessThan(10);
    expect(suggestRates(curve)).toEqual([]);
    const none = lineOf(1);
    none.features.values[3] = NaN;
    expect(await find('wasm', none, plainSteps)).toEqual({ points: [], ended: 'diverged' });
  });

  it('goes through all its rates where nothing diverges', async () => {
    const data = drawTraining('classification', { seed: 1, rows: 100 });
    const timid = { optimizer: 'sgd', momentum: 0, clip_norm: 1e-6 };
    const { points, ended } = await find('wasm', data, timid);
    expect(ended).toBe('steps');
    expect(points.map(({ rate }) => rate)).toEqual(
      Array.from({ length: RANGE_STEPS }, (_, step) => rateOfStep(step)),
    );
  });
});
