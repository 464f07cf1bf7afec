import { openTab } from './test-database.ts';
import { strToU8, zipSync } from 'fflate';
import { expect, it, vi } from 'vitest';
import { ImageReader } from '#storage/image-reader.ts';
import { importFile } from '#storage/import-file.ts';
import { TableReader } from '#storage/table-reader.ts';
import { gifOf, pngOf } from '../support/images.ts';
import { refusalOf } from '../support/refusal.ts';

const cat = pngOf(4, 4);
const dog = gifOf(6, 3);

async function imported(name: string, bytes: Uint8Array) {
  const db = await openTab();
  const { dataset } = await importFile(db, { file: new Blob([Buffer.from(bytes)]), name }, {});
  const tables = new TableReader();
  return { db, reader: new ImageReader(tables), of: { datasetId: dataset.id, version: 1 } };
}

const pets = zipSync({ 'pets/./cat/10.png': cat, 'pets/dog/1.gif': dog, 'pets/cat/2.png': cat });

it('gives the files of rows in the order in which they are asked for', async () => {
  const { db, reader, of } = await imported('pets.zip', pets);
  const images = await reader.read(db, { ...of, rows: [2, 0] });
  expect(images.map(({ path, file }) => [path, file.type])).toEqual([
    ['pets/dog/1.gif', 'image/gif'],
    ['pets/cat/10.png', 'image/png'],
  ]);
  expect(new Uint8Array((await images[0]?.file.arrayBuffer()) ?? [])).toEqual(Uint8Array.from(dog));
});

it('opens the archive once, however often it is asked', async () => {
  const { db, reader, of } = await imported('pets.zip', pets);
  await reader.groups(db, { ...of, column: 'label' });
  const reads = vi.spyOn(Blob.prototype, 'arrayBuffer');
  for (let i = 0; i < 5; i += 1) await reader.read(db, { ...of, rows: [i % 3] });
  expect(reads).toHaveBeenCalledOnce();
  reads.mockRestore();
});

it('groups rows by a column, numbers in texts by size', async () => {
  const table = 'file,size\na.png,10\nb.png,9\nc.png,10\n';
  const files = { 'l.csv': strToU8(table), 'a.png': cat, 'b.png': cat, 'c.png': dog };
  const { db, reader, of } = await imported('x.zip', zipSync(files));
  expect(await reader.groups(db, { ...of, column: 'size' })).toEqual([
    { text: '9', rows: Int32Array.of(1) },
    { text: '10', rows: Int32Array.of(0, 2) },
  ]);
  expect(await reader.groups(db, { ...of, column: null })).toEqual([
    { text: '', rows: Int32Array.of(0, 1, 2) },
  ]);
});

it('of a table there are no images', async () => {
  const { db, reader, of } = await imported('t.csv', strToU8('a,b\n1,2\n'));
  expect((await refusalOf(() => reader.read(db, { ...of, rows: [0] }))).code).toBe('no_images');
});
