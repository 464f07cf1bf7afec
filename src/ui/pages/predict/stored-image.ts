import type { DatasetEntity } from '#app/datasets.svelte.ts';
import { jobs } from '#app/jobs.ts';
import type { ImageFile } from '#core/protocol/data-worker.ts';

/** Multiples of the golden ratio, without their whole parts, lie evenly between 0 and 1 however many there are. */
const GOLDEN = 0.618034;

/** An image of a data set to try a model on: the first, the second, … come from all over the set. */
export async function storedImage(
  { id, version, info }: DatasetEntity,
  nth: number,
): Promise<ImageFile | undefined> {
  const row = Math.floor(info.rows * ((nth * GOLDEN) % 1));
  const [image] = await jobs.readImages({ datasetId: id, version, rows: [row] });
  return image;
}
