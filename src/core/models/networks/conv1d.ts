import { inputError } from '#core/errors.ts';
import type { Estimator, NetworkInputs } from '#core/models/estimator.ts';
import type { Layer } from '#core/networks/layer.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import { trainingParameters } from '#core/networks/training.ts';
import { choiceOf, integersOf, numberOf, type ParameterValues } from '#core/spec/parameters.ts';
import { asPlanned } from './as-planned.ts';
import { hiddenParameters, sequenceOfFeatures, sequencePlan } from './sequence-plan.ts';

const title = '1-D convolutional network';
const poolings = ['max', 'mean', 'none'] as const;

/** Convolutions along a sequence, what they find anywhere on it, and fully connected layers behind them. */
export const conv1d: Estimator = {
  name: 'conv1d',
  title,
  shortName: '1-D convolution',
  summary:
    'Looks for short patterns all along a sequence, then for patterns of these; stops early and keeps the weights of the best validation loss.',
  tasks: ['classification', 'regression'],
  stopsEarly: true,
  acceptsWeights: true,
  readsSequences: true,
  complexity: 105,
  parameters: [
    {
      name: 'filters',
      label: 'Filters',
      kind: 'integer_list',
      min: 1,
      max: 512,
      maxLength: 8,
      default: [16, 32],
      help: 'Patterns that each convolution looks for, first to last; an empty list hands every position on as it is.',
    },
    {
      name: 'kernel_size',
      label: 'Size of patterns',
      kind: 'integer',
      min: 1,
      max: 64,
      default: 5,
      help: 'Positions from one end of a pattern to the other.',
    },
    {
      name: 'padding',
      label: 'Ends',
      kind: 'choice',
      choices: ['same', 'causal', 'valid'],
      default: 'same',
      help: 'same: zeros on both sides, so that a sequence keeps its length; causal: zeros before it alone, so that no place sees what comes later; valid: only patterns that lie inside.',
    },
    {
      name: 'pooling',
      label: 'Pooling',
      kind: 'choice',
      choices: poolings,
      default: 'max',
      help: 'What goes on of each pattern: the largest or the mean of all positions, wherever that is; or none: every position.',
    },
    ...hiddenParameters,
    ...trainingParameters,
  ],

  check(train, parameters, path) {
    const { length } = sequenceOfFeatures(train, title, path);
    const size = numberOf(parameters, 'kernel_size');
    const layers = integersOf(parameters, 'filters').length;
    const needed = layers * (size - 1) + 1;
    if (choiceOf(parameters, 'padding') !== 'valid' || length >= needed) return;
    throw inputError(
      'sequence_too_short',
      `${path}: ${layers} convolutions of ${size} positions without zeros at the ends need a sequence of ${needed} positions, and it has ${length}.`,
      'Choose the padding same or causal, or a smaller kernel_size.',
      { path },
    );
  },

  ...asPlanned(planOf),
};

function planOf(inputs: NetworkInputs, parameters: ParameterValues): NetworkPlan {
  const padding = choiceOf(parameters, 'padding');
  const pooling = choiceOf(parameters, 'pooling');
  const convolutions = integersOf(parameters, 'filters').flatMap((filters): Layer[] => [
    {
      kind: 'convolution_1d',
      filters,
      size: numberOf(parameters, 'kernel_size'),
      stride: 1,
      padding: padding === 'valid' || padding === 'causal' ? padding : 'same',
    },
    { kind: 'activation', function: 'relu' },
  ]);
  const pool: Layer[] =
    pooling === 'none' || convolutions.length === 0
      ? []
      : [{ kind: 'global_pool', function: pooling === 'mean' ? 'mean' : 'max' }];
  return sequencePlan(inputs, parameters, [...convolutions, ...pool]);
}
