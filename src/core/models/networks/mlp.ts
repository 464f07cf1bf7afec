import type { Estimator, NetworkInputs } from '#core/models/estimator.ts';
import { emitNetwork } from '#core/networks/emit-network.ts';
import type { Layer } from '#core/networks/layer.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import { trainingParameters } from '#core/networks/training.ts';
import { choiceOf, integersOf, type ParameterValues } from '#core/spec/parameters.ts';

/** A small fully connected network, for tables. */
export const mlp: Estimator = {
  name: 'mlp',
  title: 'Neural network',
  shortName: 'network',
  summary: 'Fully connected layers; stops early and keeps the weights of the best validation loss.',
  tasks: ['classification', 'regression'],
  baseline: false,
  stopsEarly: true,
  proposed: true,
  acceptsMissing: false,
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
    ...trainingParameters,
  ],
  network: planOf,
  emit: (graph, features, model) =>
    emitNetwork(graph, features, planOf(model, model.parameters), model.weights),
};

function planOf({ width, outputs, task }: NetworkInputs, parameters: ParameterValues): NetworkPlan {
  const nonLinear = choiceOf(parameters, 'activation') === 'tanh' ? 'tanh' : 'relu';
  const hidden = integersOf(parameters, 'hidden_units').flatMap((units): Layer[] => [
    { kind: 'dense', units },
    { kind: 'activation', function: nonLinear },
  ]);
  return { input: [width], layers: [...hidden, { kind: 'dense', units: outputs }], task, outputs };
}
