import type { DatasetInfo } from '../table.ts';

/** Equal where the same bytes were read in the same way, so that the same table came out. */
export function readingKey({ sha256, reading, settings = {} }: DatasetInfo): string {
  return JSON.stringify([sha256, reading, settings]);
}
