import { inputError } from '#core/errors.ts';
import type { TokenShape } from '#core/features/matrix.ts';
import type { Estimator, NetworkInputs } from '#core/models/estimator.ts';
import { emitNetwork } from '#core/networks/emit-network.ts';
import type { Layer } from '#core/networks/layer.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import { trainingParameters } from '#core/networks/training.ts';
import { choiceOf, integersOf, numberOf, type ParameterValues } from '#core/spec/parameters.ts';

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
    {
      name: 'hidden_units',
      label: 'Hidden layers',
      kind: 'integer_list',
      min: 1,
      max: 1024,
      maxLength: 8,
      default: [32],
      help: 'Units of each fully connected layer behind the text’s vector, first to last.',
    },
    {
      name: 'activation',
      label: 'Activation',
      kind: 'choice',
      choices: ['relu', 'tanh'],
      default: 'relu',
      help: 'Non-linearity after the convolution and each hidden layer.',
    },
    {
      name: 'dropout',
      label: 'Dropout',
      kind: 'number',
      min: 0,
      max: 0.9,
      default: 0,
      help: 'Chance of each number of the text’s vector, and behind a hidden layer, to be dropped in a step of training.',
    },
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

  network: planOf,
  emit: (graph, features, model) =>
    emitNetwork(graph, features, planOf(model, model.parameters), model.weights),
};

function planOf(
  { tokens, outputs, task }: NetworkInputs,
  parameters: ParameterValues,
): NetworkPlan {
  if (tokens === undefined) throw new RangeError('a text network needs words');
  const share = numberOf(parameters, 'dropout');
  const dropout: Layer[] = share > 0 ? [{ kind: 'dropout', share }] : [];
  const hidden = integersOf(parameters, 'hidden_units').flatMap((units): Layer[] => [
    { kind: 'dense', units },
    activationOf(parameters),
    ...dropout,
  ]);
  return {
    input: [tokens.length],
    layers: [
      {
        kind: 'token_embedding',
        codes: tokens.codes,
        size: numberOf(parameters, 'embedding_size'),
      },
      ...poolingOf(parameters),
      ...dropout,
      ...hidden,
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

function activationOf(parameters: ParameterValues): Layer {
  const isTanh = choiceOf(parameters, 'activation') === 'tanh';
  return { kind: 'activation', function: isTanh ? 'tanh' : 'relu' };
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
