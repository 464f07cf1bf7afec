import { numberOf, type ParameterSpec, type ParameterValues } from '#core/spec/parameters.ts';

/** How a network trains, whatever its layers are. */
export interface TrainingSettings {
  readonly epochs: number;
  /** Epochs without a better validation loss before training stops. */
  readonly patience: number;
  /** Rows of a step, at most. */
  readonly batchRows: number;
  readonly learningRate: number;
  /** The penalty's factor: penalty ÷ 2 times the squared kernels is added to the loss. */
  readonly penalty: number;
}

export function trainingOf(parameters: ParameterValues): TrainingSettings {
  return {
    epochs: numberOf(parameters, 'epochs'),
    patience: numberOf(parameters, 'patience'),
    batchRows: numberOf(parameters, 'batch_size'),
    learningRate: numberOf(parameters, 'learning_rate'),
    penalty: numberOf(parameters, 'weight_decay'),
  };
}

/** The parameters that every network has. */
export const trainingParameters: readonly ParameterSpec[] = [
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
];
