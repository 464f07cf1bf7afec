import { inputError } from '#core/errors.ts';
import type { TokenShape } from '#core/features/matrix.ts';
import type { Estimator, NetworkInputs } from '#core/models/estimator.ts';
import type { Layer } from '#core/networks/layer.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import { trainingParameters } from '#core/networks/training.ts';
import { choiceOf, numberOf, type ParameterValues } from '#core/spec/parameters.ts';
import { asPlanned } from './as-planned.ts';
import {
  activation,
  activationOf,
  dropout,
  dropoutOf,
  hiddenLayers,
  hiddenUnits,
} from './hidden-layers.ts';

/** Numbers in the vectors of all words together, at most. */
const MOST_NUMBERS = 20_000_000;

/**
 * Vectors of words, brought together by attention (Bahdanau and others, 2015, with one learned query), or by convolutions
 * over neighbouring words and the largest answer of each (Kim, 2014, with windows of one size).
 */
export const textClassifier: Estimator = {
  name: 'text_classifier',
  title: 'Text network',
  shortName: 'text network',
  summary:
    'Learns a vector of each word, and which words of a text to look at, or which runs of words; stops early and keeps the weights of the best validation loss.',
  tasks: ['classification', 'regression'],
  stopsEarly: true,
  acceptsWeights: true,
  readsTokens: true,
  complexity: 110,
  parameters: [
    {
      name: 'architecture',
      label: 'Architecture',
      kind: 'choice',
      choices: ['attention', 'convolution'],
      default: 'attention',
      help: 'attention: a mean of the words’ vectors, in which telling words count more; their order says nothing. convolution: short runs of words, wherever they stand.',
    },
    {
      name: 'embedding_size',
      label: 'Numbers of a word',
      kind: 'integer',
      min: 1,
      max: 512,
      default: 32,
      help: 'Length of the vector that is learned for each word.',
    },
    {
      name: 'filters',
      label: 'Filters',
      kind: 'integer',
      min: 1,
      max: 512,
      default: 64,
      help: 'Patterns that the convolution looks for.',
      onlyWith: { name: 'architecture', choice: 'convolution' },
    },
    {
      name: 'kernel_size',
      label: 'Words of a pattern',
      kind: 'integer',
      min: 1,
      max: 16,
      default: 3,
      help: 'Words in a row that the convolution looks at.',
      onlyWith: { name: 'architecture', choice: 'convolution' },
    },
    hiddenUnits({
      default: [32],
      help: 'Units of each fully connected layer behind the text’s vector, first to last.',
    }),
    activation('Non-linearity after the convolution and each hidden layer.'),
    dropout(
      'Chance of each number of the text’s vector, and behind a hidden layer, to be dropped in a step of training.',
    ),
    ...trainingParameters,
  ],

  check({ features: { tokens } }, parameters, path) {
    if (tokens === undefined) {
      throw inputError(
        'no_words',
        `${path}: a text network reads the words of one text, and the features are none, or more than that.`,
        'Use the step tokens alone, on one column of texts, and leave the other columns out (type: ignore); or use another model.',
        { path },
      );
    }
    refuseManyWords(tokens, parameters, path);
  },

  ...asPlanned(planOf),
};

function planOf(
  { tokens, outputs, task }: NetworkInputs,
  parameters: ParameterValues,
): NetworkPlan {
  if (tokens === undefined) throw new RangeError('a text network needs words');
  return {
    input: [tokens.length],
    layers: [
      {
        kind: 'token_embedding',
        codes: tokens.codes,
        size: numberOf(parameters, 'embedding_size'),
      },
      ...poolingOf(parameters),
      ...dropoutOf(parameters),
      ...hiddenLayers(parameters, activationOf(parameters)),
      { kind: 'dense', units: outputs },
    ],
    task,
    outputs,
  };
}

/** From the words' vectors to the text's. The largest goes before the activation, as in the network for images. */
function poolingOf(parameters: ParameterValues): readonly Layer[] {
  if (choiceOf(parameters, 'architecture') === 'attention') return [{ kind: 'attention_pool' }];
  const [filters, size] = [numberOf(parameters, 'filters'), numberOf(parameters, 'kernel_size')];
  return [
    { kind: 'convolution_1d', filters, size, stride: 1, padding: 'same' },
    { kind: 'global_pool', function: 'max' },
    activationOf(parameters),
  ];
}

function refuseManyWords({ codes }: TokenShape, parameters: ParameterValues, path: string): void {
  const size = numberOf(parameters, 'embedding_size');
  if (codes * size <= MOST_NUMBERS) return;
  const shown = (value: number): string => value.toLocaleString('en');
  throw inputError(
    'too_many_words',
    `${path}.embedding_size: the vectors of ${shown(codes)} words would have ${shown(codes * size)} numbers, and at most ${shown(MOST_NUMBERS)} fit.`,
    'Choose a smaller size, or a smaller max_words in the step tokens.',
    { path: `${path}.embedding_size` },
  );
}
