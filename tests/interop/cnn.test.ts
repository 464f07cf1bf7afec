import { beforeAll, describe, expect, it } from 'vitest';
import type { ImageShape } from '#core/features/matrix.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import { cnn } from '#core/models/networks/cnn.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { drawImages } from '../support/image-data.ts';
import {
  expectLikeReference,
  referencesOf,
  type NetworkCase,
  type Reference,
} from './network-reference.ts';

const ROWS = 25;
const usual = { filters: [5, 4], hidden_units: [6], epochs: 8, patience: 8, batch_size: 6 };
const mixed = { shift: 0.1, rotate: 20, mix_up: 0.4 };

interface Drawn {
  readonly image?: ImageShape;
  readonly outputs?: number;
  readonly weighted?: true;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

const drawn: Readonly<Record<string, Drawn>> = {
  'poolings over odd sides': {},
  'values, by strides': { outputs: 1, parameters: { pooling: 'stride' } },
  'windows of five': { parameters: { kernel_size: '5', pooling: 'none' } },
  'batch normalization, and a last batch of one image': {
    parameters: { batch_norm: true, optimizer: 'adamw' },
  },
  'batch normalization of images of one pixel, one of them alone in its batch': {
    image: { height: 1, width: 1, channels: 3 },
    parameters: { batch_norm: true, pooling: 'none', optimizer: 'sgd', learning_rate: 0.02 },
  },
  'batch normalization of strides, with everything': {
    weighted: true,
    parameters: { ...mixed, batch_norm: true, pooling: 'stride', dropout: 0.2, clip_norm: 0.5 },
  },
  'mixed images': { parameters: mixed },
  'mixed images of values': { outputs: 1, parameters: mixed },
  'mixed images with weights, and smooth labels': {
    weighted: true,
    parameters: { ...mixed, label_smoothing: 0.2 },
  },
};

const oddSides = { height: 7, width: 6, channels: 2 };

function caseOf({ outputs = 3, image = oddSides, weighted, parameters }: Drawn): NetworkCase {
  const draw = (seed: number): TrainingData => {
    const data = drawImages({ seed, rows: ROWS, outputs, image });
    // Where an image is one pixel, that is the spot: all would be equal.
    const values = data.features.values.map((value, at) => value + ((at * 7) % 11) / 10);
    return { ...data, features: { ...data.features, values } };
  };
  const weights = Float64Array.from({ length: ROWS }, (_, i) => ((i % 3) * ROWS) / 24);
  const data = { ...draw(3), ...(weighted && { weights }) };
  const resolved = resolveParameters(cnn.parameters, { ...usual, ...parameters }, 'test');
  const { width } = data.features;
  const plan = cnn.network?.({ task: data.task, outputs, width, image }, resolved);
  if (plan === undefined) throw new Error('the CNN is no network');
  return { plan, data, validation: draw(4), parameters: resolved };
}

const cases = Object.entries(drawn).map(([name, one]) => ({ name, one: caseOf(one) }));
let references: readonly Reference[];
beforeAll(async () => {
  references = await referencesOf(cases.map(({ one }) => one));
});

describe("a convolutional network beside PyTorch's formulas in float64", () => {
  it.each(cases.map((one, i) => ({ ...one, i })))('$name', async ({ one, i }) => {
    const reference = references[i];
    expect(reference?.losses).toHaveLength(8);
    if (reference !== undefined) await expectLikeReference(one, reference);
  });
});
