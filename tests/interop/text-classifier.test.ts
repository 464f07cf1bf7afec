import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildMatrix, namesOf } from '#core/features/build-matrix.ts';
import type { FeatureColumn } from '#core/features/column.ts';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import { stepNamed } from '#core/features/registry.ts';
import type { StepState } from '#core/features/step.ts';
import type { TrainedModel } from '#core/models/estimator.ts';
import { textClassifier } from '#core/models/networks/text-classifier.ts';
import { GraphBuilder } from '#core/onnx/graph-builder.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters, type ParameterValues } from '#core/spec/parameters.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import { stepFeeds, stepGraph } from '../support/step-graph.ts';
import { trainToEnd } from '../support/training-data.ts';
import { hostileTexts as hostile } from './hostile-texts.ts';
import { runPython } from './python.ts';
import { inThreeRuntimes } from './three-runtimes.ts';

const step = stepNamed('tokens');
const script = fileURLToPath(new URL('text_classifier.py', import.meta.url));

/** Every text twice, so that words have two rows; in some case one letter is another. */
const train = [...hostile.slice(0, 13), ...hostile.slice(1, 13), 'penguin w1 w2 naïve', 'W1 w3'];
const column = (values: readonly string[]): FeatureColumn => ({ kind: 'text', name: 't', values });

interface Case {
  readonly name: string;
  readonly reading: Readonly<Record<string, unknown>>;
  readonly network: Readonly<Record<string, unknown>>;
}
const cases: readonly Case[] = [
  { name: 'as one sets it up', reading: {}, network: {} },
  {
    name: 'few words, and capitals as they are',
    reading: { max_length: 3, max_words: 9, min_rows: 1, lowercase: false },
    network: { embedding_size: 5, dropout: 0.2 },
  },
  {
    name: 'a convolution',
    reading: { max_length: 20, min_rows: 1 },
    network: { architecture: 'convolution', filters: 9, kernel_size: 4 },
  },
  {
    name: 'every word, and long texts',
    reading: { max_length: 1000, min_rows: 1 },
    network: { embedding_size: 1 },
  },
];

interface Made {
  readonly parameters: ParameterValues;
  readonly state: StepState;
  readonly asked: FeatureMatrix;
  readonly network: ParameterValues;
  readonly model: TrainedModel;
  readonly own: Float32Array;
}

function matrixOf(texts: readonly string[], state: StepState): FeatureMatrix {
  const features = step.transform([column(texts)], state);
  return buildMatrix(features, texts.length, namesOf(features), 'dense');
}

async function make({ reading, network: given }: Case): Promise<Made> {
  const parameters = resolveParameters(step.parameters, reading, 'steps[0]');
  const random = new RandomStream(1);
  const target = Float64Array.from(train, (_, i) => i % 3);
  const context = { task: 'classification', target, outputs: 3, random } as const;
  const state = step.fit([column(train)], parameters, context);
  const features = matrixOf(train, state);
  const quick = { epochs: 12, hidden_units: [6], learning_rate: 0.02 };
  const network = resolveParameters(textClassifier.parameters, { ...quick, ...given }, 'test');
  const data = { task: 'classification', features, target, outputs: 3 } as const;
  const trainer = trainNetworkOn('wasm', textClassifier);
  const { model } = await trainToEnd(trainer, data, network, 1, data);
  const asked = matrixOf(hostile, state);
  return { parameters, state, asked, network, model, own: await model.predict(asked) };
}

function expectNear(got: ArrayLike<number>, wanted: ArrayLike<number>, place: string): void {
  expect(got.length, place).toBe(wanted.length);
  for (const [i, value] of Array.from(got).entries()) {
    expect(Math.abs(value - (wanted[i] ?? NaN)), `${place}, ${i}`).toBeLessThanOrEqual(1e-5);
  }
}

const made: Made[] = [];
let references: readonly { words: string[]; codes: number[]; answers: number[] }[] = [];
beforeAll(async () => {
  for (const one of cases) made.push(await make(one));
  const input = made.map(({ parameters, model }) => ({
    ...{ parameters, train, new: hostile },
    weights: Object.fromEntries(
      model.weights.map(({ name, shape, values }) => [name, { shape, values: [...values] }]),
    ),
  }));
  references = JSON.parse(await runPython(script, { input: JSON.stringify(input) })) as never;
});

describe.each(cases.map(({ name }, i) => [name, i] as const))('texts as words, %s', (_, i) => {
  const one = (): Made => made[i] ?? expect.fail('not made');

  it('have the codes that Python finds, of the words of training texts', () => {
    const { state, asked } = one();
    expect(state['words']).toEqual([references[i]?.words]);
    expect(asked.tokens?.codes).toBe(2 + (references[i]?.words.length ?? NaN));
    expect([...asked.values]).toEqual(references[i]?.codes);
  });

  it('have the answers that NumPy gives', () => {
    expectNear(one().own, references[i]?.answers ?? [], 'NumPy');
  });

  it('have the same codes and answers in three runtimes, from the texts as they are', async () => {
    const { state, asked, network, model, own } = one();
    const graph = new GraphBuilder(['both', 'text']);
    const text = graph.input('text', 'string', 1);
    const codes = graph.cast(step.emit(graph, text, state), 'float32');
    const { width, tokens } = asked;
    const inputs = {
      task: 'classification',
      outputs: 3,
      width,
      ...(tokens && { tokens }),
    } as const;
    const emitted = { ...inputs, parameters: network, weights: model.weights };
    const answers = textClassifier.emit(graph, codes, emitted);
    graph.output('both', 'float32', graph.concat([codes, answers]), width + 3);
    const about = { graphName: 'g', producerVersion: '1', docString: '', metadata: {} };
    const feeds = { text: { dtype: 'string' as const, values: hostile } };
    const given = await inThreeRuntimes(graph.finish(about), feeds, hostile.length, 'both');
    for (const [runtime, both] of Object.entries(given) as [string, Float64Array][]) {
      expect(both, runtime).toHaveLength(hostile.length * (width + 3));
      const isCode = (_: number, i: number): boolean => i % (width + 3) < width;
      expect([...both.filter(isCode)], runtime).toEqual([...asked.values]);
      expectNear(
        both.filter((value, i) => !isCode(value, i)),
        own,
        runtime,
      );
    }
  });
});

it('the graph finds no code in a batch of texts without a word', async () => {
  const { state } = made[0] ?? expect.fail('not made');
  const empty = column(['', ' ', '?!']);
  const bytes = stepGraph(step, [{ state, columns: [empty] }]);
  const given = await inThreeRuntimes(bytes, stepFeeds([[empty]]), 3, 'features0');
  for (const codes of Object.values(given) as Float64Array[]) {
    expect([...codes]).toEqual(Array.from({ length: 3 * 128 }, () => 0));
  }
});
