import { describe, expect, it } from 'vitest';
import type { TrainedModel, TrainingData } from '#core/models/estimator.ts';
import { autoencoder } from '#core/models/networks/autoencoder.ts';
import { charTransformer } from '#core/models/networks/char-transformer.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import type { TrainingPulse } from '#core/models/training-pulse.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { CostMeter } from '#engine/networks/cost-meter.ts';
import type { Network } from '#engine/networks/network.ts';
import { createNodeEngine } from '#engine/node-engine.ts';
import { PulseBeat } from '#engine/networks/pulse-beat.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import { validationScore } from '#engine/networks/validation-score.ts';
import { drawLike, drawTraining, trainToEnd } from '../support/training-data.ts';

const parameters = (changes: object) =>
  resolveParameters(mlp.parameters, { hidden_units: [8], batch_size: 16, ...changes }, 'test');

describe.each(['wasm', 'cpu'] as const)('a training on %s', (backend) => {
  it('tells the accuracy that its model then has, and the rate of its last step', async () => {
    await createNodeEngine(backend);
    const train = drawTraining('classification', { seed: 1, rows: 50, outputs: 3 });
    const validation = drawLike(train, { seed: 2, rows: 41 });
    const { model, history } = await trainToEnd(
      trainNetworkOn(backend, mlp),
      train,
      parameters({ epochs: 1, learning_rate: 0.02, schedule: 'cosine' }),
      1,
      validation,
    );
    expect(history[0]?.validationScore).toBe(await accuracyOf(model, validation));
    // The last of four steps: half a cosine wave down to three quarters of the way.
    expect(history[0]?.learningRate).toBeCloseTo(0.01 * (1 + Math.cos((3 / 4) * Math.PI)), 6);
    model.dispose();
  });

  it('tells R², and what it took of the machine', async () => {
    await createNodeEngine(backend);
    const train = drawTraining('regression', { seed: 1, rows: 50 });
    const validation = drawLike(train, { seed: 2, rows: 41 });
    const { model, history } = await trainToEnd(
      trainNetworkOn(backend, mlp),
      train,
      parameters({ epochs: 1 }),
      1,
      validation,
    );
    expect(history[0]?.validationScore).toBeCloseTo(await r2Of(model, validation), 5);
    expect(model.cost?.wallMs).toBeGreaterThan(0);
    expect(model.cost).not.toHaveProperty('deviceMs');
    const { of, peakBytes = 0 } = model.cost?.memory ?? {};
    const least = 4 * 91 * 5;
    expect(peakBytes).toBeGreaterThan(least);
    if (backend === 'wasm') {
      expect(of).toBe('kernels');
      expect(peakBytes % 65_536).toBe(0);
    } else expect(of).toBe('tensors');
    model.dispose();
  });

  it('tells how it goes while it goes', async () => {
    await createNodeEngine(backend);
    // Minutes of work, of which the first seconds are enough.
    const train = drawTraining('classification', { seed: 1, rows: 2000 });
    const pulses: TrainingPulse[] = [];
    const training = trainNetworkOn(
      backend,
      mlp,
    )({
      ...{ train, validation: train },
      parameters: parameters({ epochs: 10_000, patience: 10_000, max_steps: 900_000 }),
      random: new RandomStream(1),
      signal: new AbortController().signal,
      onPulse: (pulse) => pulses.push(pulse),
    });
    while (pulses.length < 2) expect((await training.next()).done).toBe(false);
    await training.return(undefined as never);
    const [first, second] = pulses;
    expect(first?.steps).toBe(900_000);
    expect(first?.rowsPerSecond).toBeGreaterThan(0);
    expect(first?.memory.bytes).toBeGreaterThan(0);
    expect(second?.step).toBeGreaterThan(first?.step ?? Infinity);
  });
});

it.each(['wasm', 'cpu'] as const)(
  'a network that learns its own input tells on %s how far off validation rows come back',
  async (backend) => {
    await createNodeEngine(backend);
    const train = drawTraining('anomaly_detection', { seed: 1, rows: 40 });
    const validation = drawLike(train, { seed: 2, rows: 23 });
    const { model, history } = await trainToEnd(
      trainNetworkOn(backend, autoencoder),
      train,
      resolveParameters(autoencoder.parameters, { epochs: 1 }, 'test'),
      1,
      validation,
    );
    // Behind each row's threshold stands its score e ÷ (1 + e).
    const answers = await model.predict(validation.features);
    const errors = Array.from({ length: 23 }, (_, row) => {
      const score = answers[2 * row + 1] ?? NaN;
      return score / (1 - score);
    });
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    expect(history[0]?.validationScore).toBeCloseTo(mean, 5);
    model.dispose();
  },
);

it('a network that has learned nothing of a text is as perplexed as there are characters', async () => {
  const { history } = await trainToEnd(
    trainNetworkOn('wasm', charTransformer),
    drawTraining('language', { seed: 1, rows: 20 }),
    resolveParameters(charTransformer.parameters, { epochs: 1, learning_rate: 1e-6 }, 'test'),
    1,
    drawTraining('language', { seed: 2, rows: 20 }),
  );
  const characters = 7;
  expect(history[0]?.validationScore).toBeGreaterThan(0.8 * characters);
  expect(history[0]?.validationScore).toBeLessThan(1.5 * characters);
});

it('R² of values that are all the same is not defined', () => {
  const data = { ...drawTraining('regression', { seed: 1, rows: 3 }) };
  // The mean of three times 0.1 is another number.
  for (const value of [2, 0.1]) {
    const same = { ...data, target: Float64Array.of(value, value, value) };
    expect(validationScore(same, { loss: 0.1, hits: null })).toBeNull();
  }
});

it('a beat says rows a second once a quarter of a second was worked', () => {
  const beat = new PulseBeat();
  expect(beat.count(100, 200)).toBeNull();
  expect(beat.count(100, 200)).toBe(500);
  expect(beat.count(10, 249)).toBeNull();
});

it('a training that goes on has the cost of all its sittings', () => {
  const network = {
    memory: { of: 'gpu', bytes: 5, peakBytes: 700 },
    deviceMs: 30,
  } as Partial<Network> as Network;
  const meter = new CostMeter(network);
  meter.restore({ startedAt: Date.now() - 60_000, peakBytes: 900, deviceMs: 12 });
  expect(meter.cost).toMatchObject({ deviceMs: 42, memory: { of: 'gpu', peakBytes: 900 } });
  expect(meter.cost.wallMs).toBeGreaterThanOrEqual(60_000);
  meter.restore({ ...meter.kept, deviceMs: null });
  expect(meter.cost).not.toHaveProperty('deviceMs');
});

async function accuracyOf(model: TrainedModel, data: TrainingData): Promise<number> {
  const answers = await model.predict(data.features);
  const { target, outputs } = data;
  const hits = target.filter((label, row) => {
    const own = answers.slice(row * outputs, (row + 1) * outputs);
    return own.indexOf(Math.max(...own)) === label;
  });
  return hits.length / target.length;
}

async function r2Of(model: TrainedModel, { features, target }: TrainingData): Promise<number> {
  const answers = await model.predict(features);
  const mean = target.reduce((sum, one) => sum + one, 0) / target.length;
  const squares = (of: (row: number) => number) =>
    target.reduce((sum, one, row) => sum + (one - of(row)) ** 2, 0);
  return 1 - squares((row) => answers[row] ?? NaN) / squares(() => mean);
}
