import type { Estimator, NetworkInputs } from '#core/models/estimator.ts';
import { emitNetwork } from '#core/networks/emit-network.ts';
import type { Layer } from '#core/networks/layer.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import { trainingParameters } from '#core/networks/training.ts';
import {
  booleanOf,
  choiceOf,
  integersOf,
  numberOf,
  type ParameterValues,
} from '#core/spec/parameters.ts';
import { embedCodes, embeddingSize, refuseManyCategories } from './embed-codes.ts';

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
    {
      name: 'hidden_units',
      label: 'Hidden layers',
      kind: 'integer_list',
      min: 1,
      max: 1024,
      maxLength: 8,
      default: [32, 16],
      help: 'Units of each hidden layer, first to last; an empty list is a linear model.',
    },
    {
      name: 'activation',
      label: 'Activation',
      kind: 'choice',
      choices: ['relu', 'tanh'],
      default: 'relu',
      help: 'Non-linearity after each hidden layer.',
    },
    {
      name: 'dropout',
      label: 'Dropout',
      kind: 'number',
      min: 0,
      max: 0.9,
      default: 0,
      help: 'Chance of each number behind a hidden layer to be dropped in a step of training.',
    },
    {
      name: 'batch_norm',
      label: 'Batch normalization',
      kind: 'boolean',
      default: false,
      help: "Brings each hidden layer's numbers to one mean and deviation over the batch, before the non-linearity.",
    },
    embeddingSize,
    ...trainingParameters,
  ],
  check: ({ features }, parameters, path) => {
    refuseManyCategories(features, parameters, path);
  },
  network: planOf,
  emit: (graph, features, model) =>
    emitNetwork(graph, features, planOf(model, model.parameters), model.weights),
};

function planOf(inputs: NetworkInputs, parameters: ParameterValues): NetworkPlan {
  const { width, outputs, task } = inputs;
  const nonLinear = choiceOf(parameters, 'activation') === 'tanh' ? 'tanh' : 'relu';
  const share = numberOf(parameters, 'dropout');
  const hidden = integersOf(parameters, 'hidden_units').flatMap((units): Layer[] => [
    ...denseLayers(units, booleanOf(parameters, 'batch_norm')),
    { kind: 'activation', function: nonLinear },
    ...(share > 0 ? [{ kind: 'dropout', share } as const] : []),
  ]);
  const layers: Layer[] = [
    ...embedCodes(inputs, parameters),
    ...hidden,
    { kind: 'dense', units: outputs },
  ];
  return { input: [width], layers, task, outputs };
}

function denseLayers(units: number, normalizes: boolean): readonly Layer[] {
  return normalizes
    ? [{ kind: 'dense', units, bias: false }, { kind: 'batch_norm' }]
    : [{ kind: 'dense', units }];
}
