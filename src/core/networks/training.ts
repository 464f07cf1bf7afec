import {
  booleanOf,
  choiceOf,
  numberOf,
  type ParameterSpec,
  type ParameterValues,
} from '#core/spec/parameters.ts';
import { budgetOf, budgetParameters, type Budget } from './budget.ts';
import { optimizerNamed, optimizerParameters, type OptimizerName } from './optimizers.ts';
import { scheduleNamed, scheduleParameters } from './schedules/registry.ts';
import type { Place, ScheduleSettings } from './schedules/schedule.ts';

/** How a network trains, whatever its layers are. */
export interface TrainingSettings extends ScheduleSettings, Budget {
  readonly epochs: number;
  /** Epochs without a better validation loss before training stops. */
  readonly patience: number;
  /** Rows of a step, at most. */
  readonly batchRows: number;
  /** Weight decay: penalty ÷ 2 times the squared kernels is added to the loss, or as the optimizer says. */
  readonly penalty: number;
  readonly optimizer: OptimizerName;
  readonly momentum: number;
  readonly nesterov: boolean;
  /** The length that gradients are cut to, all together as one vector; 0 leaves them. */
  readonly clipNorm: number;
  /** Of a classification: the share of a row's target that all classes have in equal parts. */
  readonly labelSmoothing: number;
  /** The learning rate of a step. */
  readonly rateAt: (place: Place) => number;
}

export function trainingOf(parameters: ParameterValues): TrainingSettings {
  const schedule = scheduleNamed(choiceOf(parameters, 'schedule'));
  const rates: ScheduleSettings = {
    learningRate: numberOf(parameters, 'learning_rate'),
    dropEpochs: numberOf(parameters, 'drop_epochs'),
    dropFactor: numberOf(parameters, 'drop_factor'),
    warmup: numberOf(parameters, 'warmup'),
  };
  return {
    ...rates,
    rateAt: (place) => schedule(place, rates),
    epochs: numberOf(parameters, 'epochs'),
    patience: numberOf(parameters, 'patience'),
    ...budgetOf(parameters),
    batchRows: numberOf(parameters, 'batch_size'),
    penalty: numberOf(parameters, 'weight_decay'),
    optimizer: optimizerNamed(choiceOf(parameters, 'optimizer')),
    momentum: numberOf(parameters, 'momentum'),
    nesterov: booleanOf(parameters, 'nesterov'),
    clipNorm: numberOf(parameters, 'clip_norm'),
    labelSmoothing: numberOf(parameters, 'label_smoothing'),
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
    help: 'Step size of the optimizer; its highest, where it changes over time.',
  },
  ...optimizerParameters,
  ...scheduleParameters,
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
  ...budgetParameters,
  {
    name: 'weight_decay',
    label: 'Weight decay',
    kind: 'number',
    min: 0,
    max: 10,
    default: 0.0001,
    help: 'L2 penalty: adds weight_decay ÷ 2 times the squared weights (not biases) to the loss; with adamw, takes weight_decay times the learning rate off the weights.',
  },
  {
    name: 'clip_norm',
    label: 'Longest gradient',
    kind: 'number',
    min: 0,
    max: 1e6,
    default: 0,
    help: 'Gradients that are longer, all together as one vector, are cut to this length; 0 leaves them.',
  },
  {
    name: 'label_smoothing',
    label: 'Label smoothing',
    kind: 'number',
    min: 0,
    max: 0.9,
    default: 0,
    help: "Share of each row's target that goes to all classes in equal parts. The curve shows the loss without it.",
    tasks: ['classification'],
  },
];

/** The same, with other defaults for numbers that are named. */
export function trainingParametersWith(
  defaults: Readonly<Record<string, number>>,
): readonly ParameterSpec[] {
  return trainingParameters.map((one) => {
    const own = defaults[one.name];
    if (own === undefined || (one.kind !== 'number' && one.kind !== 'integer')) return one;
    return { ...one, default: own };
  });
}
