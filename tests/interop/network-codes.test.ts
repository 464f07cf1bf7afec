import { beforeAll, describe, expect, it } from 'vitest';
import type { Estimator, TrainingData } from '#core/models/estimator.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import { textClassifier } from '#core/models/networks/text-classifier.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { drawCoded } from '../support/coded-data.ts';
import { drawTokens } from '../support/token-data.ts';
import {
  expectLikeReference,
  referencesOf,
  type NetworkCase,
  type Reference,
} from './network-reference.ts';

const ROWS = 43;

interface Case {
  readonly estimator: Estimator;
  readonly draw: (seed: number) => TrainingData;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly weighted?: true;
}

const coded = { estimator: mlp, draw: (seed: number) => drawCoded(seed, ROWS) };
const texts = {
  estimator: textClassifier,
  draw: (seed: number) => drawTokens({ seed, rows: ROWS }),
};
const values = (seed: number) => drawTokens({ seed, rows: ROWS, outputs: 1 });
const convolution = { architecture: 'convolution', filters: 5, kernel_size: 4 };

const cases: Readonly<Record<string, Case>> = {
  'vectors of categories, missing ones too': coded,
  'vectors of three numbers, of rows with weights, with everything': {
    ...{ ...coded, weighted: true },
    parameters: {
      ...{ embedding_size: 3, optimizer: 'adamw', weight_decay: 0.1, schedule: 'one_cycle' },
      ...{ label_smoothing: 0.1, clip_norm: 0.5, dropout: 0.2 },
    },
  },
  'words by attention, texts without one among them': texts,
  'words by attention, values, by momentum': {
    ...{ estimator: textClassifier, draw: values },
    parameters: { optimizer: 'sgd', weight_decay: 0.05, schedule: 'cosine' },
  },
  'words by attention, of rows with weights, smoothed, cut and dropped': {
    ...{ ...texts, weighted: true },
    parameters: { label_smoothing: 0.2, clip_norm: 0.3, dropout: 0.3, activation: 'tanh' },
  },
  'words by convolution': { ...texts, parameters: convolution },
  'words by convolution, values, dropped': {
    ...{ estimator: textClassifier, draw: values },
    parameters: { ...convolution, dropout: 0.2, weight_decay: 0.02 },
  },
};

function caseOf({ estimator, draw, parameters, weighted }: Case): NetworkCase {
  const usual = { hidden_units: [6], epochs: 10, patience: 10, batch_size: 8 };
  const small = estimator === textClassifier ? { embedding_size: 5 } : {};
  const resolved = resolveParameters(
    estimator.parameters,
    { ...usual, ...small, ...parameters },
    'test',
  );
  const weights = Float64Array.from({ length: ROWS }, (_, i) => ((i % 3) * ROWS) / 42);
  const data = { ...draw(3), ...(weighted && { weights }) };
  const { task, outputs, features } = data;
  const { width, categories, tokens } = features;
  const plan = estimator.network?.(
    { task, outputs, width, ...(categories && { categories }), ...(tokens && { tokens }) },
    resolved,
  );
  if (plan === undefined) throw new Error(`${estimator.name} is no network`);
  return { plan, data, validation: draw(4), parameters: resolved };
}

const all = Object.entries(cases).map(([name, one]) => ({ name, one: caseOf(one) }));
let references: readonly Reference[];
beforeAll(async () => {
  references = await referencesOf(all.map(({ one }) => one));
});

describe("networks that read codes beside PyTorch's formulas in float64", () => {
  it.each(all.map((one, i) => ({ ...one, i })))('$name', async ({ one, i }) => {
    const reference = references[i];
    expect(reference?.losses).toHaveLength(10);
    if (reference !== undefined) await expectLikeReference(one, reference);
  });
});
