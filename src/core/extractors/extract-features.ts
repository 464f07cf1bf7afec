import type { Engine } from '#core/engine.ts';
import { imageTensor, type ImageColumn } from '#core/features/images/image-column.ts';
import { refuseTooMany } from '#core/features/refuse-too-many.ts';
import { Breather } from '#core/breather.ts';
import type { ExtractedImages, Extraction } from './extracted-images.ts';
import { imagesAtOnce } from './images-at-once.ts';
import { openExtractor } from './open-extractor.ts';

/**
 * Reads the features of a column's images, each image once and so many at a time, in the order of the rows. It is the part
 * of the graph that each model of the run will have in front, so that a trainer sees the numbers that the graph sees.
 * @param column one record for each image
 * @throws TerrariumError `bad_extractor`, or `too_many_features` where they would not fit into memory
 */
export async function extractFeatures(
  column: ImageColumn,
  { extractor, settings }: Extraction,
  around: {
    readonly openModel: Engine['openModel'];
    readonly signal: AbortSignal;
    /** Hears how many images are done. */
    readonly onProgress: (done: number) => void;
  },
): Promise<ExtractedImages> {
  const { preprocessing, images } = column;
  const opened = await openExtractor(extractor, preprocessing, settings, around.openModel);
  try {
    const { width } = opened;
    refuseTooMany('extract', width, images.length);
    const values = new Float32Array(images.length * width);
    const breather = new Breather(around.signal);
    const most = imagesAtOnce(preprocessing);
    for (let from = 0; from < images.length; from += most) {
      await breather.breathe();
      const to = Math.min(images.length, from + most);
      values.set(await opened.run(imageTensor(column, from, to), to - from), from * width);
      around.onProgress(to);
    }
    return { extractor, settings, width, values };
  } finally {
    await opened.release();
  }
}
