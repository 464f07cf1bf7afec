import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '#core/engine.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import { exportModel } from '#core/onnx/export-model.ts';
import { RandomStream } from '#core/random.ts';
import { evaluateModel, type Evaluation } from '#core/run/evaluate-model.ts';
import { prepareRun } from '#core/run/prepare-run.ts';
import { trainCandidate } from '#core/run/train-candidate.ts';
import { runExperiment, type RunOutcome } from '#core/run-experiment.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { corruptWeight, reverseTexts } from '../../support/corrupt-model.ts';
import { readText } from '../../support/csv.ts';
import { nodeEngine, noise, tableOf } from '../../support/experiment.ts';

const csv = tableOf(150, {
  mass: (row) => (row % 9 === 0 ? '' : (3000 + 2000 * noise(row)).toFixed(0)),
  bill: (row) => (40 + 10 * noise(row, 1)).toFixed(1),
  island: (row) => ['Biscoe', 'Dream', ''][row % 3] ?? '',
  species: (row) => (noise(row) + noise(row, 1) + (row % 3) / 4 > 1.2 ? 'Gentoo' : 'Adelie'),
  price: (row) => (10 + 5 * noise(row) + 3 * noise(row, 1)).toFixed(2),
});

async function specFor(target: 'species' | 'price') {
  const dataset = await readText(csv);
  const other = target === 'species' ? 'price' : 'species';
  const proposed = proposeSpec(dataset.info, target, { seed: 3 });
  const spec: Spec = {
    ...proposed,
    columns: { [other]: { type: 'ignore' } },
    evaluation: { resamples: 100 },
    candidates: proposed.candidates.map((one) =>
      one.model === 'mlp' ? { ...one, parameters: { ...one.parameters, epochs: 10 } } : one,
    ),
  };
  return { dataset, spec };
}

const bump = (value: number): number => -value - 1;
const nudge = (value: number): number => value * 1.001;

/** A tensor of each exported model, to be changed. */
const weights = [
  ['majority', 'species', 'class_shares'],
  ['logistic_regression', 'species', 'coefficients'],
  ['mlp', 'species', 'kernel_2'],
  ['mean', 'price', 'value'],
  ['ridge', 'price', 'coefficients'],
  ['mlp', 'price', 'bias_2'],
] as const;

/** Trains a model, exports it, changes the file, and measures what the changed file answers. */
async function evaluated(
  name: string,
  target: 'species' | 'price',
  change: (bytes: Uint8Array) => Uint8Array,
): Promise<Evaluation> {
  const engine = await nodeEngine();
  const { dataset, spec } = await specFor(target);
  const random = new RandomStream(spec.seed);
  const prepared = prepareRun(spec, dataset);
  const signal = new AbortController().signal;
  const estimator = estimatorNamed(name);
  const given = spec.candidates.find(({ model }) => model === name)?.parameters ?? {};
  const parameters = resolveParameters(estimator.parameters, given, name);
  const options = { random: random.fork(name), signal, onEpoch: () => undefined };
  const { model } = await trainCandidate(estimator, parameters, prepared, engine, options);
  const { data } = prepared.parts.train;
  const bytes = exportModel(prepared.contract, prepared.pipeline, estimator, {
    task: data.task,
    outputs: data.outputs,
    width: data.features.width,
    parameters,
    weights: model.weights,
  });
  const session = await engine.openModel(change(bytes));
  try {
    return await evaluateModel({
      session,
      contract: prepared.contract,
      trained: model,
      heldOut: prepared.parts,
      resamples: 100,
      random: random.fork('bootstrap'),
      signal,
    });
  } finally {
    await session.release();
    model.dispose();
  }
}

describe('evaluation runs the exported file and nothing else', () => {
  it.each(weights)('%s of %s: another %s, other figures', async (name, target, tensor) => {
    const sound = await evaluated(name, target, (bytes) => bytes);
    const spoilt = await evaluated(name, target, (bytes) => corruptWeight(bytes, tensor, bump));
    expect(sound.parity.passed).toBe(true);
    expect(spoilt.parity.passed).toBe(false);
    expect(spoilt.parity.maxAbsDifference).toBeGreaterThan(1e-2);
    const metric = target === 'species' ? 'log_loss' : 'rmse';
    for (const part of ['validation', 'test'] as const) {
      const [one, other] = [sound.metrics[part][metric], spoilt.metrics[part][metric]];
      expect(other?.value).not.toBe(one?.value);
      expect([other?.low, other?.high]).not.toEqual([one?.low, one?.high]);
    }
  });

  // The mean's own weight is 0, and a thousandth of 0 changes nothing.
  const nudged = weights.filter(([name]) => name !== 'mean');
  it.each(nudged)('%s of %s: a thousandth of one %s is enough', async (name, target, tensor) => {
    const spoilt = await evaluated(name, target, (bytes) => corruptWeight(bytes, tensor, nudge));
    expect(spoilt.parity.passed).toBe(false);
  });

  it.each(['centre', 'negated_scale'])('a spoilt statistic of the features: %s', async (tensor) => {
    const spoilt = await evaluated('logistic_regression', 'species', (bytes) =>
      corruptWeight(bytes, tensor, nudge),
    );
    expect(spoilt.parity.passed).toBe(false);
  });

  it('classes in another order than the probabilities', async () => {
    const sound = await evaluated('logistic_regression', 'species', (bytes) => bytes);
    const spoilt = await evaluated('logistic_regression', 'species', (bytes) =>
      reverseTexts(bytes, 'classes'),
    );
    const right = sound.metrics.test.accuracy?.value ?? NaN;
    expect(spoilt.metrics.test.accuracy?.value).toBeCloseTo(1 - right, 12);
    expect(spoilt.parity.passed).toBe(false);
  });
});

describe('a run whose export goes wrong', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await nodeEngine();
  });

  async function runWith(openModel: Engine['openModel']): Promise<RunOutcome> {
    const { dataset, spec } = await specFor('species');
    return runExperiment({
      spec,
      dataset,
      engine: { ...engine, openModel },
      signal: new AbortController().signal,
      onEvent: () => undefined,
      id: 'corrupted',
      commit: null,
    });
  }

  const tensors = ['class_shares', 'coefficients', 'kernel_2'];
  const spoil = (bytes: Uint8Array): Uint8Array => {
    const text = new TextDecoder('latin1').decode(bytes);
    const tensor = tensors.find((name) => text.includes(name)) ?? '';
    return corruptWeight(bytes, tensor, bump);
  };

  it('has failed, has no best candidate and says why', async () => {
    const { record } = await runWith((bytes) => engine.openModel(spoil(bytes)));
    expect(record.status).toBe('failed');
    expect(record.best).toBeNull();
    expect(record.candidates.map(({ parity }) => parity.passed)).toEqual([false, false, false]);
    for (const { name } of record.candidates) {
      expect(record.warnings.join('\n')).toContain(`${name}: the exported model does not agree`);
    }
  });

  it('has failed also where only one candidate is wrong, which can then not be the best', async () => {
    let opened = 0;
    const { record } = await runWith((bytes) => {
      opened += 1;
      return engine.openModel(opened === 2 ? spoil(bytes) : bytes);
    });
    expect(record.status).toBe('failed');
    expect(record.candidates.map(({ parity }) => parity.passed)).toEqual([true, false, true]);
    expect(record.best).toBe('network');
  });

  it('and with a sound file it finishes', async () => {
    const { record } = await runWith((bytes) => engine.openModel(bytes));
    expect(record.status).toBe('finished');
    expect(record.candidates.map(({ parity }) => parity.passed)).toEqual([true, true, true]);
  });
});
