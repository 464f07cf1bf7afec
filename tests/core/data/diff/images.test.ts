import { zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { diffDatasets } from '#core/data/diff/diff-datasets.ts';
import { pngOf } from '../../../support/images.ts';
import { readFile } from '../../../support/read.ts';

const imagesOf = (greys: Readonly<Record<string, number>>) =>
  readFile(
    'x.zip',
    zipSync(
      Object.fromEntries(Object.entries(greys).map(([path, grey]) => [path, pngOf(2, 2, grey)])),
    ),
  );

it('an image that was replaced under its name is a change', async () => {
  const before = await imagesOf({ 'a/1.png': 1, 'a/2.png': 2, 'b/3.png': 3 });
  const after = await imagesOf({ 'a/1.png': 1, 'a/2.png': 99, 'b/4.png': 4 });
  const { columns, rows } = await diffDatasets(before, after, { key: 'image' });
  expect(columns).toEqual({ added: [], removed: [], retyped: [], rewritten: [] });
  expect(rows).toMatchObject({
    same: 1,
    changed: 1,
    added: 1,
    removed: 1,
    changedColumns: [{ name: 'image (SHA-256)', rows: 1 }],
  });
  const unkeyed = await diffDatasets(before, after, { key: null });
  expect(unkeyed.rows).toMatchObject({ added: 2, removed: 2 });
});

it('the same images are the same', async () => {
  const images = { 'a/1.png': 1, 'b/3.png': 3 };
  const { rows, shifts } = await diffDatasets(await imagesOf(images), await imagesOf(images), {
    key: 'image',
  });
  expect(rows).toMatchObject({ same: 2, changed: 0, added: 0, removed: 0 });
  expect(shifts.every(({ distance }) => distance === 0)).toBe(true);
});
