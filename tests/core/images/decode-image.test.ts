import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { carriedDecoders } from '#cli/carry-decoders.mjs';
import { decodeImage } from '#core/images/decode-image.ts';
import { preprocessImage } from '#core/images/preprocess-image.ts';
import type { ImagePreprocessing } from '#core/images/preprocessing.ts';
import { pixelHashes } from '../../support/pixel-hashes.ts';
import { bmpOf, gifOf, jpegOf, pngOf, webpOf } from '../../support/images.ts';

const wanted: ImagePreprocessing = {
  ...{ name: 'terrarium.image', version: 1, height: 2, width: 3 },
  ...{ channels: 1, fit: 'stretch', range: [0, 1] },
};

test('an image becomes the numbers of its pixels', async () => {
  const { width, height, data } = await decodeImage(pngOf(2, 1, 200));
  expect({ width, height, pixels: [...data] }).toEqual({
    ...{ width: 2, height: 1 },
    pixels: [200, 200, 200, 255, 200, 200, 200, 255],
  });
  expect([...(await preprocessImage(pngOf(9, 9, 77), wanted))]).toEqual([77, 77, 77, 77, 77, 77]);
});

test('each kind has the pixels that Pillow reads; a test in the browser holds them against the same', async () => {
  const { wanted, found } = await pixelHashes();
  expect(found).toEqual(wanted);
});

test.each([
  ['fewer pixels than it says', pngOf(8, 8, 1, 16), /^cut off: it has fewer pixels than it says$/],
  ['a wrong checksum', withByte(pngOf(4, 4), 50, 0xee), /^damaged: a checksum in it is wrong$/],
  ['a JPEG without tables', jpegOf(8, 8), /^damaged: its pixels cannot be decoded$/],
  ['a WebP of zeros', webpOf(8, 8), /^damaged: its pixels cannot be decoded$/],
  [
    'a GIF with too few codes',
    withByte(gifOf(8, 8), 30, 8),
    /^cut off: it has fewer pixels than it says$/,
  ],
  ['a packed BMP', withByte(bmpOf(4, 4), 30, 1), /^(a BMP that is packed|cut off)/],
  ['no pixels', pngOf(4, 0, 0), /^an image of 4 × 0 pixels$/],
  ['an empty file', new Uint8Array(0), /^empty$/],
  ['a text', Buffer.from('hello, this is no image'), /^no image: /],
  [
    'more pixels than are decoded',
    pngOf(20_000, 4_000, 0, 8),
    /^too large: it has 20000 × 4000 pixels/,
  ],
])('an image with %s is refused in words', async (_, bytes, fault) => {
  await expect(decodeImage(bytes)).rejects.toThrow(fault);
});

test('a PNG that unpacks to far more than its pixels is read no further than they go', async () => {
  const bomb = pngOf(1, 1, 9, 3_000_000);
  const { data } = await decodeImage(bomb);
  expect([...data]).toEqual([9, 9, 9, 255]);
});

test('a decoder works on after an image that it could not decode', async () => {
  await expect(decodeImage(webpOf(8, 8))).rejects.toThrow(/^damaged/);
  await expect(decodeImage(jpegOf(8, 8))).rejects.toThrow(/^damaged/);
  await expect(decodeImage(jpegOf(8, 8))).rejects.toThrow(/^damaged/);
});

test('the decoders are the bytes of their packages', () => {
  for (const { file, source } of carriedDecoders()) expect(readFileSync(file, 'utf8')).toBe(source);
});

function withByte(bytes: Uint8Array, at: number, value: number): Uint8Array {
  return bytes.map((byte, i) => (i === at ? value : byte));
}
