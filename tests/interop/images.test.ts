import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { beforeAll, expect, it } from 'vitest';
import { readImageHeader } from '#core/data/read/images/image-header.ts';
import { gridOf, readFile } from '../support/read.ts';
import { runPython } from './python.ts';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const script = path('images.py');

let archive: Uint8Array = new Uint8Array(0);
beforeAll(async () => {
  archive = Buffer.from(await runPython(script), 'hex');
});

it('Pillow and the reader agree about the size of every image that Pillow writes', async () => {
  const input = Buffer.from(archive).toString('hex');
  const sizes = JSON.parse(await runPython(script, { args: ['--sizes'], input })) as Readonly<
    Record<string, readonly [number, number]>
  >;
  const grid = gridOf(await readFile('images.zip', archive));
  const read = grid
    .slice(1)
    .map(([image = '', , width, height]) => [image, [Number(width), Number(height)]]);
  expect(Object.fromEntries(read)).toEqual(sizes);
  expect(read).toHaveLength(95);
});

it('none of them is taken for whole when it is cut in half or lacks its last 16 bytes', () => {
  for (const [name, bytes] of Object.entries(unzipSync(archive))) {
    for (const length of [Math.floor(bytes.length / 2), bytes.length - 16]) {
      expect(readImageHeader(bytes.subarray(0, length)), `${name} at ${length}`).toMatch(
        /^cut off/,
      );
    }
  }
});

it('the sample of digits is what its script makes of scikit-learn’s', async () => {
  const made = await runPython(path('../samples/digits.py'), { args: ['--hex'] });
  expect(made).toBe(readFileSync(path('../../public/samples/digits.zip')).toString('hex'));
});
