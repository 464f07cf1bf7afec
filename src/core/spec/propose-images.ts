import { partNames } from '#core/data/split/parts.ts';
import type { ColumnSchema, DatasetInfo } from '#core/data/table.ts';
import { MOST_SIDE } from '#core/images/preprocessing.ts';
import type { ColumnReading } from './input-columns.ts';
import type { Spec, SpecStep } from './spec.ts';

/** The column that the reader of image sets makes of folders named train, validation and test. */
const SPLIT = 'split';
/** Sides that images of one size keep; others are brought to the usual one. */
const SMALL_SIDE = 64;
const USUAL_SIDE = 32;
/** Smaller images leave convolutions with two poolings nothing to look at. */
const LEAST_SIDE = 8;

/**
 * What an image set says of a spec. Sizes of files are no inputs, which would say of an image what its scanner was; and
 * folders named for the three parts deal the rows. Where they do not name all three, what they say is left out of the
 * model, for which it would be an input that says nothing of the image.
 * @returns fields of a spec; none for what is no image set
 */
export function imageSettings(
  { reading, columns }: DatasetInfo,
  target: string | undefined,
): { readonly columns?: Spec['columns']; readonly split?: object } {
  if (reading.images === undefined) return {};
  const ignored = reading.images.sizes.filter((name) => name !== target);
  const parts =
    reading.images.manifest === undefined ? columns.find(({ name }) => name === SPLIT) : undefined;
  const isDealt = parts?.distinct === partNames.length;
  if (parts !== undefined && !isDealt) ignored.push(SPLIT);
  return {
    columns: Object.fromEntries(ignored.map((name) => [name, { type: 'ignore' }])),
    ...(isDealt && { split: { method: 'column', by: SPLIT } }),
  };
}

/**
 * The step for the images of a set: small ones of one size as they are, others at the usual one; grey where none has
 * colours.
 */
export function imageSteps({ reading: { images }, columns }: DatasetInfo) {
  if (images === undefined) return [];
  const [width, height] = images.sizes.map((side) =>
    sideOf(columns.find(({ name }) => name === side)),
  );
  const isSmall = width !== null && height !== null;
  const parameters = {
    height: isSmall ? height : USUAL_SIDE,
    width: isSmall ? width : USUAL_SIDE,
    color: images.grey === true ? 'greyscale' : 'rgb',
  };
  return [{ step: 'pixels', columns: 'image', parameters } as const];
}

/** Whether the pixels of images are all that models read, and these are large enough for convolutions with their poolings. */
export function seesImagesAlone(
  inputs: readonly ColumnReading[],
  steps: readonly SpecStep[],
): boolean {
  const sides = steps.flatMap(({ step, parameters }) =>
    step === 'pixels' ? [Number(parameters['height']), Number(parameters['width'])] : [],
  );
  const isLarge = sides.length > 0 && Math.min(...sides) >= LEAST_SIDE;
  return isLarge && inputs.length === 1 && inputs[0]?.type === 'image';
}

/** What all images have; null where it differs, or is not small. */
function sideOf(column: ColumnSchema | undefined): number | null {
  const { min, max = Infinity } = column ?? {};
  return min === max && max <= Math.min(SMALL_SIDE, MOST_SIDE) ? max : null;
}
