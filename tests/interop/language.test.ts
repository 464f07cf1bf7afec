import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { charTransformer } from '#core/models/networks/char-transformer.ts';
import type { TrainedModel } from '#core/models/estimator.ts';
import { weightOf, type WeightTensor } from '#core/models/weight-tensor.ts';
import { firstWeights } from '#core/networks/place-layers.ts';
import { readContract } from '#core/predict.ts';
import { RandomStream } from '#core/random.ts';
import { modelCard } from '#core/registry/model-card.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import { learnText, sampleText } from '../support/language.ts';
import type { Experiment } from '../support/experiment.ts';
import { drawTexts, trainToEnd } from '../support/training-data.ts';
import { runPython } from './python.ts';
import { inThreeRuntimes } from './three-runtimes.ts';

const script = fileURLToPath(new URL('language.py', import.meta.url));

async function numPy<Answer>(cases: readonly unknown[]): Promise<readonly Answer[]> {
  return JSON.parse(await runPython(script, { input: JSON.stringify(cases) })) as Answer[];
}

interface Transformed {
  readonly answers: readonly (readonly number[])[];
  readonly loss: number | null;
  readonly slopes: readonly number[];
}

const networks = [
  { layers: 1, heads: '2', activation: 'gelu' },
  { layers: 2, heads: '4', activation: 'relu' },
  { layers: 2, heads: '8', activation: 'gelu' },
] as const;

const data = drawTexts({ seed: 1, rows: 8 });
const asJson = (weights: readonly WeightTensor[]) =>
  Object.fromEntries(
    weights.map(({ name, shape, values }) => [name, { shape, values: [...values] }]),
  );
const rowsOf = (values: Float32Array, width: number) =>
  Array.from({ length: values.length / width }, (_, row) =>
    Array.from(values.subarray(row * width, (row + 1) * width), (code) =>
      Number.isNaN(code) ? null : code,
    ),
  );

async function trained(given: Readonly<Record<string, unknown>>): Promise<TrainedModel> {
  const parameters = resolveParameters(charTransformer.parameters, { width: '32', ...given }, '');
  return (await trainToEnd(trainNetworkOn('wasm', charTransformer), data, parameters, 3)).model;
}

describe('a character transformer', () => {
  it('answers as NumPy’s of the same weights, of short texts too', async () => {
    const { features } = drawTexts({ seed: 5, rows: 8 });
    for (const [row, length] of [0, 1, 15].entries()) {
      features.values.fill(NaN, row * 16 + length, (row + 1) * 16);
    }
    const models: TrainedModel[] = [];
    for (const given of networks) models.push(await trained({ ...given, epochs: 12 }));
    const wanted = await numPy<Transformed>(
      networks.map(({ layers, heads, activation }, i) => ({
        ...{ kind: 'transformer', layers, heads: Number(heads), activation },
        weights: asJson(models[i]?.weights ?? []),
        codes: rowsOf(features.values, 16),
      })),
    );
    for (const [i, model] of models.entries()) {
      const answers = await model.predict(features);
      const all = wanted[i]?.answers.flat() ?? [];
      expect(answers).toHaveLength(all.length);
      for (const [at, value] of answers.entries()) {
        expect(Math.abs(value - (all[at] ?? NaN))).toBeLessThanOrEqual(1e-5);
      }
    }
  });

  it('has the loss and the gradients of NumPy’s, by differences, in every tensor', async () => {
    const rate = 1;
    const step = { optimizer: 'sgd', momentum: 0, learning_rate: rate, batch_size: 8, epochs: 1 };
    const cases: object[] = [];
    const own: { loss: number; slopes: number[] }[] = [];
    for (const given of networks) {
      const parameters = resolveParameters(
        charTransformer.parameters,
        { ...given, ...step, width: '32', weight_decay: 0, clip_norm: 0 },
        '',
      );
      const { width, categories } = data.features;
      const inputs = {
        task: 'language' as const,
        outputs: 1,
        width,
        ...(categories && { categories }),
      };
      const plan = charTransformer.network?.(inputs, parameters);
      if (plan === undefined) throw new Error('no network');
      const first = firstWeights(plan, new RandomStream(3).fork('weights'));
      const trainer = trainNetworkOn('wasm', charTransformer);
      const { model, history } = await trainToEnd(trainer, data, parameters, 3);
      const random = new RandomStream(7);
      const coordinates = first.flatMap(({ name, values }) =>
        Array.from({ length: 2 }, () => [name, random.integer(values.length)] as const),
      );
      own.push({
        loss: history[0]?.trainLoss ?? NaN,
        slopes: coordinates.map(([name, at]) => {
          const before = weightOf(first, name).values[at] ?? NaN;
          return (before - (weightOf(model.weights, name).values[at] ?? NaN)) / rate;
        }),
      });
      cases.push({
        ...{ kind: 'transformer', layers: given.layers, heads: Number(given.heads) },
        ...{ activation: given.activation, weights: asJson(first), coordinates },
        codes: rowsOf(data.features.values, width),
      });
    }
    for (const [i, { loss, slopes }] of (await numPy<Transformed>(cases)).entries()) {
      expect(own[i]?.loss).toBeCloseTo(loss ?? NaN, 5);
      expect(slopes.length).toBeGreaterThan(30);
      expect(slopes.filter((slope) => Math.abs(slope) > 1e-4).length).toBeGreaterThan(20);
      for (const [at, slope] of slopes.entries()) {
        expect(Math.abs((own[i]?.slopes[at] ?? NaN) - slope)).toBeLessThanOrEqual(1e-6);
      }
    }
  });
});

describe('a language model', () => {
  let experiment: Experiment;
  beforeAll(async () => {
    experiment = await learnText(sampleText, { epochs: 2 });
  });

  it('measures its baselines as NumPy does from the text alone', async () => {
    const { record, models } = experiment.outcome;
    const [wanted] = await numPy<{
      readonly figures: readonly Readonly<Record<'perplexity' | 'bits_per_character', number>>[];
      readonly characters: readonly string[];
      readonly windows: number;
    }>([{ kind: 'baselines', text: sampleText, context: 16, smoothing: 1, min_count: 2 }]);
    const { train, validation, test } = record.split;
    expect(train + validation + test).toBe(wanted?.windows);
    const contract = readContract(models.get('pairs') ?? new Uint8Array());
    expect(contract.target.classes?.slice(0, -1)).toEqual(wanted?.characters);
    for (const [i, name] of ['baseline', 'pairs'].entries()) {
      const metrics = record.candidates.find((one) => one.name === name)?.metrics.test;
      for (const figure of ['perplexity', 'bits_per_character'] as const) {
        const own = metrics?.[figure]?.value ?? NaN;
        const theirs = wanted?.figures[i]?.[figure] ?? NaN;
        expect(Math.abs(own / theirs - 1)).toBeLessThanOrEqual(1e-6);
      }
    }
  });

  it('is asked by the Python of its model card', async () => {
    const { record, models } = experiment.outcome;
    const folder = mkdtempSync(join(tmpdir(), 'terrarium-language-'));
    const code = /```python\n([^]*?)```/.exec(modelCard(record))?.[1] ?? '';
    writeFileSync(join(folder, 'model.onnx'), models.get(record.best ?? '') ?? new Uint8Array());
    writeFileSync(join(folder, 'try_it.py'), code);
    const printed = await runPython('try_it.py', { cwd: folder });
    rmSync(folder, { recursive: true });
    const numbers = printed.replaceAll(/[[\]]/g, ' ').trim().split(/\s+/).map(Number);
    // The example is the empty text, which has no nats.
    expect(Math.abs(numbers.pop() ?? NaN)).toBe(0);
    expect(numbers).toHaveLength(record.contract.target.classes?.length ?? NaN);
    expect(numbers.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 4);
  });

  it.each(['baseline', 'pairs', 'transformer'])(
    'passes onnx.checker and answers alike in three runtimes, on hostile texts too: %s',
    async (name) => {
      const candidate = experiment.outcome.record.candidates.find((one) => one.name === name);
      expect(candidate?.parity.passed).toBe(true);
      const texts = [
        '',
        'a',
        ' ',
        '😀 and ünï',
        'مرحبا',
        '\uFFFD?',
        sampleText.slice(0, 900),
        '\n\t',
      ];
      const bytes = experiment.outcome.models.get(name) ?? new Uint8Array();
      for (const output of ['probabilities', 'nats']) {
        const feeds = { text: { dtype: 'string', values: texts } } as const;
        const { web, node, python } = await inThreeRuntimes(bytes, feeds, texts.length, output);
        expect(web.length % texts.length).toBe(0);
        expect(web.every(Number.isFinite)).toBe(true);
        for (const other of [node, python]) {
          expect(other).toHaveLength(web.length);
          for (const [i, value] of web.entries()) {
            const unit = Math.max(1, Math.abs(value));
            expect(Math.abs(value - (other[i] ?? NaN)) / unit).toBeLessThanOrEqual(1e-5);
          }
        }
      }
    },
  );
});
