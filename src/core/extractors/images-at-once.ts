import { valuesPerImage, type ImagePreprocessing } from '#core/images/preprocessing.ts';

/** Pixels' numbers that go through an extractor at once: four images of 224 × 224. */
const VALUES_AT_ONCE = 602_112;

/** Images that go through an extractor at once: by their size alone, so that a run has the same batches everywhere. */
export function imagesAtOnce(size: ImagePreprocessing): number {
  return Math.max(1, Math.floor(VALUES_AT_ONCE / valuesPerImage(size)));
}
