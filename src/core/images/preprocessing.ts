import * as v from 'valibot';

/** Longest side that an image is brought to, in pixels. */
export const MOST_SIDE = 256;
export const fits = ['stretch', 'pad', 'crop'] as const;

const side = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_SIDE));

/**
 * What becomes of an image file before it is the tensor that the graph takes, float32 [N, height, width, channels].
 * It stands in the contract by name, since no graph decodes files: `preprocessImage` is its one implementation.
 */
export const imagePreprocessingSchema = v.strictObject({
  name: v.literal('terrarium.image'),
  version: v.literal(1),
  height: side,
  width: side,
  /** 1 for grey, 3 for red, green and blue. */
  channels: v.picklist([1, 3]),
  /** `pad` and `crop` keep proportions: black borders, or the middle of the image. */
  fit: v.picklist(fits),
  /** Black and white as the tensor has them. */
  range: v.strictTuple([v.literal(0), v.literal(1)]),
});
export type ImagePreprocessing = v.InferOutput<typeof imagePreprocessingSchema>;

/** Numbers that one image becomes. */
export function valuesPerImage({
  height,
  width,
  channels,
}: Pick<ImagePreprocessing, 'height' | 'width' | 'channels'>): number {
  return height * width * channels;
}
