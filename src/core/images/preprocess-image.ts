import { decodeImage } from './decode-image.ts';
import { fitted } from './fit-image.ts';
import { flattened } from './flatten.ts';
import type { ImagePreprocessing } from './preprocessing.ts';

/**
 * What the graph sees of an image file, in training, evaluation and prediction alike: decoded, laid on white, grey or in
 * colour, and brought to the size wanted. The tensor has these numbers ÷ 255.
 * @returns [height, width, channels], 0 to 255
 * @throws ImageFault that says what is wrong with the file, completing "… is"
 */
export async function preprocessImage(
  bytes: Uint8Array,
  wanted: ImagePreprocessing,
): Promise<Uint8Array> {
  const flat = flattened(await decodeImage(bytes), wanted.channels);
  return fitted(flat, wanted).data;
}
