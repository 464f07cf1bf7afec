import {
  choiceOf,
  numberOf,
  type ParameterSpec,
  type ParameterValues,
} from '#core/spec/parameters.ts';

const flips = ['none', 'horizontal', 'vertical', 'both'] as const;

/** How images are changed by chance in each step of training, so that a network sees more than there are. */
export interface Augmentation {
  /** Ways in which an image is turned over, each with a chance of a half. */
  readonly flip: (typeof flips)[number];
  /** The most of its height and width that is cut away; what is left is brought back to its size. */
  readonly crop: number;
  /** How far it is moved along each side, at most, as a share of that side. */
  readonly shift: number;
  /** How far it is turned either way, at most, in degrees. */
  readonly rotate: number;
  /** The two parameters of the Beta distribution of shares in which two images are mixed; 0 mixes none. */
  readonly mixUp: number;
}

/** The parameters of a network of images that may be changed by chance. */
export const augmentationParameters: readonly ParameterSpec[] = [
  {
    name: 'flip',
    label: 'Flip',
    kind: 'choice',
    choices: flips,
    default: 'none',
    help: 'Turns training images over, each with a chance of a half. horizontal: left becomes right; vertical: top becomes bottom; both: each by itself.',
  },
  {
    name: 'crop',
    label: 'Crop',
    kind: 'number',
    min: 0,
    max: 0.9,
    default: 0,
    help: 'The most of the height and width of a training image that is cut away: a part of random size and place is brought back to the whole size.',
  },
  {
    name: 'shift',
    label: 'Shift',
    kind: 'number',
    min: 0,
    max: 0.9,
    default: 0,
    help: 'How far a training image is moved at most, as a share of its width and of its height. What comes in repeats its edge.',
  },
  {
    name: 'rotate',
    label: 'Rotate',
    kind: 'number',
    min: 0,
    max: 180,
    default: 0,
    help: 'How many degrees a training image is turned at most, either way. What comes in repeats its edge.',
  },
  {
    name: 'mix_up',
    label: 'Mix-up',
    kind: 'number',
    min: 0,
    max: 10,
    default: 0,
    help: 'Mixes each training image and its target with another of its batch, in shares from Beta(mix_up, mix_up); 0 mixes none. The curve then shows the training loss of what was mixed.',
  },
];

/** @returns undefined where nothing changes an image */
export function augmentationOf(parameters: ParameterValues): Augmentation | undefined {
  const flip = flips.find((one) => one === choiceOf(parameters, 'flip')) ?? 'none';
  const [crop = 0, shift = 0, rotate = 0, mixUp = 0] = ['crop', 'shift', 'rotate', 'mix_up'].map(
    (name) => numberOf(parameters, name),
  );
  const isNone = flip === 'none' && crop + shift + rotate + mixUp === 0;
  return isNone ? undefined : { flip, crop, shift, rotate, mixUp };
}
