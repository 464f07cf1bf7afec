import { expect } from 'vitest';
import type { ExtractorSettings } from '#core/extractors/emit-extractor.ts';
import { openExtractor } from '#core/extractors/open-extractor.ts';
import { readExtractor } from '#core/extractors/read-extractor.ts';
import { openModelOnNode } from '#engine/node-inference.ts';

export const everyNumber: ExtractorSettings = { scaling: 'unit', order: 'rgb', pool: 'flatten' };

/** The features that an extractor reads, from a layer by its name. @param images [count, height, width, 3] */
export async function featuresOf(
  file: Uint8Array,
  layer: string,
  images: Float32Array,
  [count, height, width]: readonly [number, number, number],
): Promise<Float32Array> {
  const extractor = await readExtractor(file, 'net.zip', layer);
  const opened = await openExtractor(extractor, { height, width }, everyNumber, openModelOnNode);
  const features = await opened.run(images, count);
  await opened.release();
  return features;
}

/** Numbers within 1e-5 of each other, by the largest of them where that is above 1. */
export function expectNear(
  found: ArrayLike<number>,
  wanted: ArrayLike<number>,
  message: string,
): void {
  expect(found.length, message).toBe(wanted.length);
  const all = Array.from(wanted);
  const unit = all.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  const off = all.reduce((most, value, i) => {
    const by = Math.abs(value - (found[i] ?? NaN));
    return Number.isNaN(by) ? Infinity : Math.max(most, by);
  }, 0);
  expect(off / unit, message).toBeLessThanOrEqual(1e-5);
}
