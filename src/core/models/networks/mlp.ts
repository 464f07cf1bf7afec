import type { Estimator, NetworkInputs } from '#core/models/estimator.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import { trainingParameters } from '#core/networks/training.ts';
import { booleanOf, type ParameterValues } from '#core/spec/parameters.ts';
import { asPlanned } from './as-planned.ts';
import { embedCodes, embeddingSize, refuseManyCategories } from './embed-codes.ts';
import {
  activation,
  activationOf,
  batchNormalization,
  dropout,
  hiddenLayers,
  hiddenUnits,
} from './hidden-layers.ts';

/** A small fully connected network, for tables. */
export const mlp: Estimator = {
  name: 'mlp',
  title: 'Neural network',
  shortName: 'network',
  summary:
    'Fully connected layers; stops early and keeps the weights of the best validation loss. Of categories that a step has ordinal codes for, it learns vectors.',
  tasks: ['classification', 'regression'],
  stopsEarly: true,
  proposed: true,
  embedsCodes: true,
  acceptsWeights: true,
  complexity: 100,
  parameters: [
    hiddenUnits({
      default: [32, 16],
      help: 'Units of each hidden layer, first to last; an empty list is a linear model.',
    }),
    activation('Non-linearity after each hidden layer.'),
    dropout('Chance of each number behind a hidden layer to be dropped in a step of training.'),
    batchNormalization(
      "Brings each hidden layer's numbers to one mean and deviation over the batch, before the non-linearity.",
    ),
    embeddingSize,
    ...trainingParameters,
  ],
  check: ({ features }, parameters, path) => {
    refuseManyCategories(features, parameters, path);
  },
  ...asPlanned(planOf),
};

function planOf(inputs: NetworkInputs, parameters: ParameterValues): NetworkPlan {
  const { width, outputs, task } = inputs;
  const layers = [
    ...embedCodes(inputs, parameters),
    ...hiddenLayers(parameters, activationOf(parameters), booleanOf(parameters, 'batch_norm')),
    { kind: 'dense', units: outputs } as const,
  ];
  return { input: [width], layers, task, outputs };
}
