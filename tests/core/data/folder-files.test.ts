import { expect, it } from 'vitest';
import { folderFiles } from '#core/data/read/zip/folder-files.ts';
import { packFiles } from '#core/data/read/zip/pack-files.ts';
import { pngOf } from '../../support/images.ts';
import { gridOf, readFile } from '../../support/read.ts';
import { refusalOf } from '../../support/refusal.ts';

const named = (name: string, bytes: Uint8Array = pngOf(2, 2)) => ({
  name,
  file: new Blob([Buffer.from(bytes)]),
});

it('a chosen folder is packed without what file managers add, in whatever order its files come', async () => {
  const images = [named('pets/cat/1.png'), named('pets/dog/2.png', pngOf(3, 3))];
  const junk = [named('pets/.DS_Store'), named('pets/cat/Thumbs.db'), named('pets/.git/x.png')];
  const folder = folderFiles([...images.toReversed(), ...junk]);
  expect(folder.name).toBe('pets.zip');
  const packed = await packFiles(folder.files);
  const again = await packFiles(folderFiles(images).files);
  const bytes = new Uint8Array(await packed.arrayBuffer());
  expect(bytes).toEqual(new Uint8Array(await again.arrayBuffer()));
  expect(gridOf(await readFile(folder.name, bytes)).slice(1)).toEqual([
    ['pets/cat/1.png', 'cat', '2', '2'],
    ['pets/dog/2.png', 'dog', '3', '3'],
  ]);
});

it('several folders at once are labels', () => {
  expect(folderFiles([named('cat/1.png'), named('dog/2.png')]).name).toBe('cat and 1 more.zip');
});

it.each([[[]], [[named('pets/.DS_Store')]]])('a folder without files is refused', async (files) => {
  expect((await refusalOf(() => folderFiles(files))).code).toBe('empty_folder');
});
