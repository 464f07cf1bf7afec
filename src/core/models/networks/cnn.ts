import { inputError } from '#core/errors.ts';
import type { ImageShape } from '#core/features/matrix.ts';
import type { Estimator, NetworkInputs } from '#core/models/estimator.ts';
import {
  augmentationOf,
  augmentationParameters,
} from '#core/networks/augmentation/augmentation.ts';
import type { Layer } from '#core/networks/layer.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';
import { trainingParametersWith } from '#core/networks/training.ts';
import { booleanOf, choiceOf, integersOf, type ParameterValues } from '#core/spec/parameters.ts';
import { asPlanned } from './as-planned.ts';
import {
  activation,
  activationOf,
  batchNormalization,
  dropout,
  hiddenLayers,
  hiddenUnits,
} from './hidden-layers.ts';

/** Convolutions, each followed by a smaller image, and fully connected layers behind them (LeCun and others, 1998). */
export const cnn: Estimator = {
  name: 'cnn',
  title: 'Convolutional network',
  shortName: 'convolutional network',
  summary:
    'Looks for small patterns all over an image, then for patterns of these; stops early and keeps the weights of the best validation loss.',
  tasks: ['classification', 'regression'],
  stopsEarly: true,
  acceptsWeights: true,
  readsImages: true,
  complexity: 110,
  parameters: [
    {
      name: 'filters',
      label: 'Filters',
      kind: 'integer_list',
      min: 1,
      max: 512,
      maxLength: 8,
      default: [16, 32],
      help: 'Patterns that each convolution looks for, first to last.',
    },
    {
      name: 'kernel_size',
      label: 'Size of patterns',
      kind: 'choice',
      choices: ['3', '5'],
      default: '3',
      help: 'Pixels from one side of a pattern to the other.',
    },
    {
      name: 'pooling',
      label: 'Pooling',
      kind: 'choice',
      choices: ['max', 'stride', 'none'],
      default: 'max',
      help: 'How an image becomes half as wide and high behind each convolution. max: of each two by two pixels the largest; stride: the convolution leaves out every second place; none: not at all.',
    },
    hiddenUnits({
      default: [64],
      help: 'Units of each fully connected layer behind the convolutions, first to last.',
    }),
    activation('Non-linearity after each convolution and each hidden layer.'),
    dropout('Chance of each number behind a hidden layer to be dropped in a step of training.'),
    batchNormalization(
      "Brings each filter's numbers to one mean and deviation over the batch, before the pooling and the non-linearity.",
    ),
    ...augmentationParameters,
    // Steps of 0.005, as a network for tables takes them, are too long for many convolutions.
    ...trainingParametersWith({ learning_rate: 0.002 }),
  ],

  check({ features: { image } }, parameters, path) {
    if (image === undefined) {
      throw inputError(
        'no_images',
        `${path}: a convolutional network reads the pixels of one image, and the features are none.`,
        'Use the step pixels alone on one column of images, without a step that changes how many numbers there are; or another model.',
        { path },
      );
    }
    const { length } = integersOf(parameters, 'filters');
    const most = 31 - Math.clz32(Math.min(image.height, image.width));
    if (choiceOf(parameters, 'pooling') === 'max' && length > most) {
      throw inputError(
        'image_too_small',
        `${path}.filters: ${length} convolutions halve an image ${length} times, and one of ${image.height} × ${image.width} pixels can be halved ${most} times.`,
        'Name fewer filters, choose pooling none, or give the step pixels a larger height and width.',
        { path },
      );
    }
  },

  ...asPlanned(planOf),
};

function planOf({ image, outputs, task }: NetworkInputs, parameters: ParameterValues): NetworkPlan {
  if (image === undefined) throw new RangeError('a convolutional network needs images');
  const augmentation = augmentationOf(parameters);
  return {
    input: shapeOf(image),
    layers: [
      ...convolutionsOf(parameters),
      ...hiddenLayers(parameters, activationOf(parameters)),
      { kind: 'dense', units: outputs },
    ],
    task,
    outputs,
    ...(augmentation && { augmentation }),
  };
}

/**
 * The largest goes before the activation, which grows with what it gets: the same numbers, and a quarter of the work. A
 * normalization, which may turn them round, goes before both.
 */
function convolutionsOf(parameters: ParameterValues): Layer[] {
  const pooling = choiceOf(parameters, 'pooling');
  const normalizes = booleanOf(parameters, 'batch_norm');
  return integersOf(parameters, 'filters').flatMap((filters): Layer[] => [
    {
      kind: 'convolution',
      filters,
      size: Number(choiceOf(parameters, 'kernel_size')),
      stride: pooling === 'stride' ? 2 : 1,
      padding: 'same',
      ...(normalizes && { bias: false }),
    },
    ...(normalizes ? [{ kind: 'batch_norm' } as const] : []),
    ...(pooling === 'max' ? [{ kind: 'max_pool' } as const] : []),
    activationOf(parameters),
  ]);
}

function shapeOf({ height, width, channels }: ImageShape): readonly number[] {
  return [height, width, channels];
}
