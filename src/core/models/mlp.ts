import type { Estimator } from './estimator.ts';
import { choiceOf, integersOf } from '#core/spec/parameters.ts';
import { weightOf } from './estimator.ts';

/** A small fully connected network. Its trainer needs a tensor engine: engine/mlp-trainer.ts. */
export const mlp: Estimator = {
  name: 'mlp',
  title: 'Neural network',
  shortName: 'network',
  summary:
    'Fully connected layers trained with Adam; stops early and keeps the weights of the best validation loss.',
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
    {
      name: 'learning_rate',
      label: 'Learning rate',
      kind: 'number',
      min: 1e-6,
      max: 1,
      default: 0.005,
      help: 'Step size of Adam.',
    },
    {
      name: 'batch_size',
      label: 'Batch size',
      kind: 'integer',
      min: 1,
      max: 65_536,
      default: 32,
      help: 'Rows per step.',
    },
    {
      name: 'epochs',
      label: 'Most epochs',
      kind: 'integer',
      min: 1,
      max: 10_000,
      default: 100,
      help: 'Passes over the training rows, at most.',
    },
    {
      name: 'patience',
      label: 'Patience',
      kind: 'integer',
      min: 1,
      max: 10_000,
      default: 20,
      help: 'Epochs without a better validation loss before training stops.',
    },
    {
      name: 'weight_decay',
      label: 'Weight decay',
      kind: 'number',
      min: 0,
      max: 10,
      default: 0.0001,
      help: 'L2 penalty: adds weight_decay ÷ 2 times the squared weights (not biases) to the loss.',
    },
  ],

  emit(graph, features, { parameters, weights, task }) {
    const activation = choiceOf(parameters, 'activation') === 'relu' ? 'Relu' : 'Tanh';
    const layers = integersOf(parameters, 'hidden_units').length + 1;
    let current = features;
    for (let layer = 0; layer < layers; layer += 1) {
      const kernel = weightOf(weights, `kernel_${layer}`);
      const bias = weightOf(weights, `bias_${layer}`);
      current = graph.node('Gemm', [
        current,
        graph.constant(kernel.values, kernel.shape, kernel.name),
        graph.constant(bias.values, bias.shape, bias.name),
      ]);
      if (layer < layers - 1) current = graph.node(activation, [current]);
    }
    return task === 'classification' ? graph.node('Softmax', [current], { axis: 1 }) : current;
  },
};
