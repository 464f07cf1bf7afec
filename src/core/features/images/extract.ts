import { inputError } from '#core/errors.ts';
import { channelOrders, poolings } from '#core/extractors/emit-extractor.ts';
import type { ExtractorInput } from '#core/extractors/extractor.ts';
import { scalings } from '#core/extractors/pixel-scaling.ts';
import type { AskedSettings } from '#core/extractors/settle-scaling.ts';
import { fits, MOST_SIDE, type ImagePreprocessing } from '#core/images/preprocessing.ts';
import {
  choiceOf,
  numberOf,
  textOf,
  type ParameterSpec,
  type ParameterValues,
} from '#core/spec/parameters.ts';
import type { FeatureStep } from '../step.ts';

/** Where an extractor takes images of any size and nobody said which. */
const USUAL_SIDE = 224;
const askedScalings = ['auto', ...scalings] as const;
const LONGEST_NAME = 200;

const side = (name: string, label: string, of: string): ParameterSpec => ({
  name,
  label,
  kind: 'integer',
  min: 0,
  max: MOST_SIDE,
  default: 0,
  help: `Pixels from ${of} that the network sees; 0: as it wants, and ${USUAL_SIDE} where it takes any.`,
});

function chosen<Choice extends string>(
  values: ParameterValues,
  name: string,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  return choices.find((choice) => choice === choiceOf(values, name)) ?? choices[0];
}

export const extract = {
  name: 'extract',
  title: 'Features read by a network',
  summary:
    'Brings images to one size and reads features of them by a network that was trained before and becomes part of the model: the one that comes with Terrarium, or an ONNX file or a model of TensorFlow.js that you bring.',
  accepts: ['image'],
  gives: 'numeric',
  parameters: [
    {
      name: 'scaling',
      label: 'Scaling',
      kind: 'choice',
      choices: askedScalings,
      default: 'auto',
      help: 'What the network was trained with. auto: as its file tells, and imagenet of an ONNX file that does not; imagenet: less the mean and by the deviation of ImageNet’s colours, as torchvision does; unit: 0 to 1; symmetric: −1 to 1; bytes: 0 to 255.',
    },
    {
      name: 'channel_order',
      label: 'Order of colours',
      kind: 'choice',
      choices: channelOrders,
      default: 'rgb',
      help: 'rgb: red first; bgr: blue first, as networks from Caffe and OpenCV want it.',
    },
    side('height', 'Height', 'top to bottom'),
    side('width', 'Width', 'left to right'),
    {
      name: 'fit',
      label: 'Fit',
      kind: 'choice',
      choices: fits,
      default: 'stretch',
      help: 'stretch: the whole image, whatever its proportions; pad: the whole image with black borders; crop: its middle, without what is too wide or too high.',
    },
    {
      name: 'layer',
      label: 'Layer',
      kind: 'text',
      maxLength: LONGEST_NAME,
      default: '',
      help: 'Name of the tensor that holds the features; empty: what goes into the last fully connected layer, or the output of a network that ends in none.',
    },
    {
      name: 'pool',
      label: 'Places',
      kind: 'choice',
      choices: poolings,
      default: 'average',
      help: 'Where the layer still has places, channels first: average: one number for each channel; flatten: every number.',
    },
  ],

  extraction: (parameters): AskedSettings & { readonly layer: string } => ({
    scaling: chosen(parameters, 'scaling', askedScalings),
    order: chosen(parameters, 'channel_order', channelOrders),
    pool: chosen(parameters, 'pool', poolings),
    layer: textOf(parameters, 'layer'),
  }),

  readImage: (parameters, extractor): ImagePreprocessing => ({
    name: 'terrarium.image',
    version: 1,
    height: sideOf('height', parameters, extractor),
    width: sideOf('width', parameters, extractor),
    channels: 3,
    fit: chosen(parameters, 'fit', fits),
    range: [0, 1],
  }),

  // Nothing is left to do behind the extractor, which was at work before there were features.
  fit: () => ({}),
  transform: (columns) => columns,
  emit: (_, input) => input,
} satisfies FeatureStep;

/** @throws TerrariumError where the step wants another side than the network */
function sideOf(
  name: 'height' | 'width',
  parameters: ParameterValues,
  extractor?: ExtractorInput,
): number {
  const wanted = numberOf(parameters, name);
  const own = extractor?.[name] ?? null;
  if (own === null) return wanted === 0 ? USUAL_SIDE : wanted;
  if (wanted === 0 || wanted === own) return own;
  throw inputError(
    'bad_extractor',
    `The step extract wants images of ${name} ${wanted}, and its extractor takes just ${own}.`,
    `Set ${name} to 0, so that they are as it wants them.`,
  );
}
