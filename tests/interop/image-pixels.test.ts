import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { decodeImage } from '#core/images/decode-image.ts';
import { fitted } from '#core/images/fit-image.ts';
import { flattened } from '#core/images/flatten.ts';
import { runPython } from './python.ts';

interface Case {
  readonly name: string;
  readonly bytes: string;
  readonly results: readonly {
    readonly fit: 'stretch' | 'pad' | 'crop';
    readonly width: number;
    readonly height: number;
    readonly channels: 1 | 3;
    readonly pixels: string;
  }[];
}

let cases: readonly Case[] = [];
beforeAll(async () => {
  const script = fileURLToPath(new URL('image_pixels.py', import.meta.url));
  cases = JSON.parse(await runPython(script)) as readonly Case[];
});

/** The largest difference of a value from Pillow's: by the file's ending as it is, and of all that are resized. */
async function differences(): Promise<Record<string, number>> {
  const largest: Record<string, number> = {};
  for (const { name, bytes, results } of cases) {
    const raster = await decodeImage(Buffer.from(bytes, 'hex'));
    for (const { pixels, channels, ...wanted } of results) {
      const { data } = fitted(flattened(raster, channels), wanted);
      const expected = Buffer.from(pixels, 'hex');
      expect(data, name).toHaveLength(expected.length);
      const off = data.reduce(
        (most, value, i) => Math.max(most, Math.abs(value - (expected[i] ?? 0))),
        0,
      );
      const isAsItIs = `${wanted.width}x${wanted.height}` === `${raster.width}x${raster.height}`;
      const kind = isAsItIs ? name.replace(/^.*\./, '') : 'resized';
      largest[kind] = Math.max(largest[kind] ?? 0, off);
    }
  }
  return largest;
}

it('every kind of image has the pixels that Pillow finds, and every size and fit those that it makes', async () => {
  expect(cases.length).toBeGreaterThan(250);
  const { resized, ...decoded } = await differences();
  expect(decoded).toEqual({ png: 0, gif: 0, bmp: 0, jpg: 0, webp: 0 });
  // Pillow goes down before across where that is less work, and rounds in between.
  expect(resized).toBeLessThanOrEqual(1);
});
