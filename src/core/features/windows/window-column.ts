import { takeRows } from '#core/data/typed-columns.ts';
import type { FeatureColumn } from '../column.ts';
import { takeImages, type ImageColumn } from '../images/image-column.ts';

/**
 * Of each record the last values of a column up to when its forecast is made, oldest first. Records look into one list
 * of values, which stand series after series in the order of their times.
 */
export interface WindowColumn {
  readonly kind: 'window';
  readonly name: string;
  readonly values: Float64Array;
  /** Where in `values` each record's window ends; -1 where a record has no whole window. */
  readonly ends: Int32Array;
  /** Values in a window. */
  readonly rows: number;
}

/** A column as the graph takes it: a value of each record, a window, or an image. */
export type RawColumn = FeatureColumn | WindowColumn | ImageColumn;

/** The given records of a column. */
export function takeRecords(column: RawColumn, records: Int32Array): RawColumn {
  if (column.kind === 'image') return takeImages(column, records);
  if (column.kind !== 'window') return takeRows(column, records);
  return { ...column, ends: records.map((record) => column.ends[record] ?? -1) };
}

/** The windows of records one after the other: [to − from, rows], row-major. */
export function windowValues(column: WindowColumn, from: number, to: number): Float64Array {
  const { values, ends, rows } = column;
  const out = new Float64Array((to - from) * rows);
  for (let i = from; i < to; i += 1) {
    const end = (ends[i] ?? -1) + 1;
    out.set(values.subarray(end - rows, end), (i - from) * rows);
  }
  return out;
}

/** Every value that a record's window holds, once, in the order of `values`. */
export function valuesSeen({ values, ends, rows }: WindowColumn): Float64Array {
  const isSeen = new Uint8Array(values.length);
  for (const end of ends) isSeen.fill(1, Math.max(0, end - rows + 1), end + 1);
  return values.filter((_, at) => isSeen[at] === 1);
}
