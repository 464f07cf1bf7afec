import { openTab } from './test-database.ts';
import { expect, it, vi } from 'vitest';
import { packFiles } from '#core/data/read/zip/pack-files.ts';
import type { ReadStep } from '#core/protocol/data-worker.ts';
import { getDatasetFile } from '#storage/datasets.ts';
import { importFile } from '#storage/import-file.ts';

const january = () => ({ name: 'sales-01.csv', file: new Blob(['day,n\n1,10\n2,20\n']) });
const february = () => ({ name: 'sales-02.csv', file: new Blob(['day,n\n1,30\n']) });
const source = (...file: readonly ReturnType<typeof january>[]) => ({ file, name: 'sales.zip' });

it('several files are stored as one data set: their pack, in any order the same', async () => {
  const db = await openTab();
  const first = await importFile(db, source(february(), january()), {});
  expect(first.info).toMatchObject({
    name: 'sales.zip',
    rows: 3,
    reading: { format: 'zip', files: ['sales-01.csv', 'sales-02.csv'] },
  });
  const pack = await packFiles([january(), february()]);
  const stored = await getDatasetFile(db, first.dataset.id);
  expect(await stored.arrayBuffer()).toEqual(await pack.arrayBuffer());
  const again = await importFile(db, source(january(), february()), {});
  expect(again.imported).toEqual({ ...first.imported, alreadyThere: true });
});

it('the same files and one more are a new version', async () => {
  const db = await openTab();
  const march = { name: 'sales-03.csv', file: new Blob(['day,n\n1,50\n']) };
  const first = await importFile(db, source(january(), february()), {});
  const second = await importFile(db, source(january(), february(), march), {});
  expect(second.imported).toEqual({ ...first.imported, version: 2 });
});

it('says how far the packing is, then the reading', async () => {
  const told: ReadStep[] = [];
  const onProgress = (step: ReadStep) => told.push(step);
  await importFile(await openTab(), source(january(), february()), { onProgress });
  expect(told.slice(0, 2)).toEqual([
    { bytesRead: 16, bytesTotal: 27, rows: 0, packing: true },
    { bytesRead: 27, bytesTotal: 27, rows: 0, packing: true },
  ]);
  expect(told.at(-1)).toMatchObject({ rows: 3 });
  expect(told.at(-1)?.packing).toBeUndefined();
});

it('refuses them where one was written to after it was read, and keeps nothing', async () => {
  const db = await openTab();
  const growing = february();
  const written = new DOMException('The file was modified.', 'NotReadableError');
  vi.spyOn(growing.file, 'slice').mockImplementation(() => {
    const part = new Blob(['d']);
    vi.spyOn(part, 'arrayBuffer').mockRejectedValue(written);
    return part;
  });
  await expect(importFile(db, source(january(), growing), {})).rejects.toMatchObject({
    code: 'file_unreadable',
  });
  expect(await db.datasets.count()).toBe(0);
  expect(await db.blobs.count()).toBe(0);
});
