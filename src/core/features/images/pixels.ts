import { fits, MOST_SIDE, type ImagePreprocessing } from '#core/images/preprocessing.ts';
import { choiceOf, numberOf } from '#core/spec/parameters.ts';
import type { FeatureStep } from '../step.ts';

export const pixels: FeatureStep = {
  name: 'pixels',
  title: 'Pixels',
  summary:
    'Brings images to one size and makes a number from 0 to 1 of each pixel’s grey or colours.',
  accepts: ['image'],
  gives: 'numeric',
  parameters: [
    {
      name: 'height',
      label: 'Height',
      kind: 'integer',
      min: 1,
      max: MOST_SIDE,
      default: 32,
      help: 'Pixels from top to bottom that the model sees.',
    },
    {
      name: 'width',
      label: 'Width',
      kind: 'integer',
      min: 1,
      max: MOST_SIDE,
      default: 32,
      help: 'Pixels from left to right that the model sees.',
    },
    {
      name: 'color',
      label: 'Colour',
      kind: 'choice',
      choices: ['rgb', 'greyscale'],
      default: 'rgb',
      help: 'rgb: three numbers a pixel, red, green and blue; greyscale: one. What is transparent lies on white.',
    },
    {
      name: 'fit',
      label: 'Fit',
      kind: 'choice',
      choices: fits,
      default: 'stretch',
      help: 'stretch: the whole image, whatever its proportions; pad: the whole image with black borders; crop: its middle, without what is too wide or too high.',
    },
  ],

  readImage: (parameters): ImagePreprocessing => ({
    name: 'terrarium.image',
    version: 1,
    height: numberOf(parameters, 'height'),
    width: numberOf(parameters, 'width'),
    channels: choiceOf(parameters, 'color') === 'rgb' ? 3 : 1,
    fit: fits.find((fit) => fit === choiceOf(parameters, 'fit')) ?? 'stretch',
    range: [0, 1],
  }),

  // Nothing is left to do behind the preprocessing, which no graph can hold.
  fit: () => ({}),
  transform: (columns) => columns,
  emit: (_, input) => input,
};
