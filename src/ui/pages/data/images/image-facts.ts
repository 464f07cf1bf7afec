import type { ColumnSchema, DatasetInfo } from '#core/data/table.ts';
import { countText } from '#ui/format.ts';

/** Groups of images that a page can show one below the other. */
const MOST_GROUPS = 200;
/** Up to this many pixels on its longer side an image is enlarged as blocks. */
const SMALL = 48;

/** Columns that images can be grouped by: the label first. */
export function groupColumns({ columns, reading }: DatasetInfo): string[] {
  const sizes: readonly string[] = reading.images?.sizes ?? [];
  const fit = columns.filter(
    ({ name, type, distinct }) =>
      type !== 'image' && !sizes.includes(name) && distinct > 0 && distinct <= MOST_GROUPS,
  );
  const names = fit.map(({ name }) => name);
  return names.includes('label') ? ['label', ...names.filter((name) => name !== 'label')] : names;
}

/** `each of 8 × 8 pixels`, `from 90 × 60 to 1,024 × 768 pixels`. */
export function sizesText(info: DatasetInfo): string {
  const [width, height] = sizeColumns(info);
  const least = `${countText(width?.min ?? 0)} × ${countText(height?.min ?? 0)}`;
  const most = `${countText(width?.max ?? 0)} × ${countText(height?.max ?? 0)}`;
  return least === most ? `each of ${least} pixels` : `from ${least} to ${most} pixels`;
}

export function isSmall(info: DatasetInfo): boolean {
  return sizeColumns(info).every((column) => (column?.max ?? Infinity) <= SMALL);
}

function sizeColumns({ columns, reading }: DatasetInfo): (ColumnSchema | undefined)[] {
  return (reading.images?.sizes ?? []).map((size) => columns.find(({ name }) => name === size));
}
