import { openTab } from './test-database.ts';
import { expect, it, vi } from 'vitest';
import { deleteDataset } from '#storage/datasets.ts';
import { importFile } from '#storage/import-file.ts';
import { TableReader } from '#storage/table-reader.ts';

const csv = 'petal,species\n1.4,setosa\n4.7,"versicolor, pale"\n,\n';

async function imported() {
  const db = await openTab();
  const file = new Blob([csv]);
  const read = await importFile(db, { file, name: 'flowers.csv' }, {});
  const { id: datasetId } = read.dataset;
  return { db, datasetId, read, of: { datasetId, version: 1 } };
}

it('gives rows as the texts of the file, fewer at its end', async () => {
  const { db, of } = await imported();
  const reader = new TableReader();
  expect(await reader.rows(db, { ...of, from: 0, count: 2 })).toEqual([
    ['1.4', 'setosa'],
    ['4.7', 'versicolor, pale'],
  ]);
  expect(await reader.rows(db, { ...of, from: 2, count: 50 })).toEqual([['', '']]);
  expect(await reader.rows(db, { ...of, from: 9, count: 50 })).toEqual([]);
});

it('cuts a text that no page could show, and gives a whole one where it is asked for', async () => {
  const db = await openTab();
  const text = `${'🐧'.repeat(100_000)}\nshort\n`;
  const read = await importFile(db, { file: new Blob([text]), name: 'birds.txt' }, {});
  const of = { datasetId: read.dataset.id, version: 1 };
  const reader = new TableReader();
  const [[long = ''] = [], short] = await reader.rows(db, { ...of, from: 0, count: 5 });
  expect(short).toEqual(['short']);
  expect(long).toMatch(/^(?:🐧){2500}…$/u);
  const [whole] = await reader.cells(db, { ...of, column: 'text', rows: [0] });
  expect(whole).toHaveLength(200_000);
});

it('gives one column of some rows, in their order', async () => {
  const { db, of } = await imported();
  const reader = new TableReader();
  const cells = reader.cells(db, { ...of, column: 'species', rows: [1, 0, 2, 7] });
  expect(await cells).toEqual(['versicolor, pale', 'setosa', '', '']);
});

it('reads the file once for a whole scroll, and not at all for a table it was given', async () => {
  const { db, of, read } = await imported();
  const reads = vi.spyOn(Blob.prototype, 'stream');
  const reader = new TableReader();
  await Promise.all([0, 1, 2].map((from) => reader.rows(db, { ...of, from, count: 1 })));
  expect(reads).toHaveBeenCalledOnce();
  const second = new TableReader();
  second.keep(read);
  expect(await second.rows(db, { ...of, from: 0, count: 1 })).toEqual([['1.4', 'setosa']]);
  expect(reads).toHaveBeenCalledOnce();
  reads.mockRestore();
});

it('does not remember a failure', async () => {
  const { db, of } = await imported();
  const reader = new TableReader();
  const blob = await db.blobs.toCollection().first();
  await db.blobs.clear();
  const query = { ...of, from: 0, count: 1 };
  await expect(reader.rows(db, query)).rejects.toMatchObject({ code: 'blob_missing' });
  if (blob) await db.blobs.add(blob);
  expect(await reader.rows(db, query)).toEqual([['1.4', 'setosa']]);
});

it('says so where the data set is gone', async () => {
  const { db, datasetId, of } = await imported();
  await deleteDataset(db, datasetId);
  const reading = new TableReader().rows(db, { ...of, from: 0, count: 1 });
  await expect(reading).rejects.toMatchObject({ code: 'dataset_not_found' });
});

it('says so where the file was taken away while it was read', async () => {
  const db = await openTab();
  const file = new Blob([csv]);
  const gone = new DOMException('The requested file could not be read.', 'NotReadableError');
  vi.spyOn(file, 'stream').mockReturnValue(
    new ReadableStream({ start: (controller) => controller.error(gone) }),
  );
  await expect(importFile(db, { file, name: 'usb.csv' }, {})).rejects.toMatchObject({
    code: 'file_unreadable',
    kind: 'input',
  });
  expect(await db.datasets.count()).toBe(0);
});

it('refuses a file that was written to after it was read, and keeps nothing of it', async () => {
  const db = await openTab();
  const file = new Blob([csv]);
  const written = new DOMException('The file was modified.', 'NotReadableError');
  vi.spyOn(file, 'slice').mockImplementation((from, to) => {
    const part = new Blob([csv.slice(from, to)]);
    if (to !== undefined) vi.spyOn(part, 'arrayBuffer').mockRejectedValue(written);
    return part;
  });
  await expect(importFile(db, { file, name: 'growing.csv' }, {})).rejects.toMatchObject({
    code: 'file_unreadable',
  });
  expect(await db.datasets.count()).toBe(0);
  expect(await db.blobs.count()).toBe(0);
});

it('refuses a file that gives more or fewer bytes than it says it has', async () => {
  const db = await openTab();
  const file = new Blob([csv]);
  vi.spyOn(file, 'stream').mockReturnValue(new Blob([csv, '5,x\n']).stream());
  await expect(importFile(db, { file, name: 'growing.csv' }, {})).rejects.toMatchObject({
    code: 'file_unreadable',
  });
  expect(await db.datasets.count()).toBe(0);
});
