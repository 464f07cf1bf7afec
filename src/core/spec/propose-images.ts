import { partNames } from '#core/data/split/parts.ts';
import type { DatasetInfo } from '#core/data/table.ts';
import type { ColumnReading } from './input-columns.ts';

/** The column that the reader of image sets makes of folders named train, validation and test. */
const SPLIT = 'split';

/**
 * What folders say of the split: it is made so where they name all three parts. Else the column is left out of the model,
 * for which it would be an input that says nothing of the image.
 * @returns fields of a spec; none for what is no image set
 */
export function splitByFolders({ reading, columns }: DatasetInfo): {
  readonly columns?: object;
  readonly split?: object;
} {
  if (reading.images === undefined || reading.images.manifest !== undefined) return {};
  const column = columns.find(({ name }) => name === SPLIT);
  if (column === undefined) return {};
  return column.distinct === partNames.length
    ? { split: { method: 'column', by: SPLIT } }
    : { columns: { [SPLIT]: { type: 'ignore' } } };
}

/** Whether the sizes of images are all that a model would read: there is nothing then to learn a label from. */
export function readsSizesAlone(
  { reading }: DatasetInfo,
  inputs: readonly ColumnReading[],
): boolean {
  const sizes: readonly string[] = reading.images?.sizes ?? [];
  return inputs.every(({ name }) => sizes.includes(name));
}
