import { openTab } from './test-database.ts';
import { describe, expect, it } from 'vitest';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import { getDataset, getDatasetFile } from '#storage/datasets.ts';
import { importFile } from '#storage/import-file.ts';
import { profileDataset } from '#storage/profile-dataset.ts';
import { getProfile } from '#storage/profiles.ts';
import { readAgain } from '#storage/read-again.ts';
import { readVersion } from '#storage/read-version.ts';
import { createRun, getRun } from '#storage/runs.ts';
import { TableReader } from '#storage/table-reader.ts';

/** Taken for columns parted by commas; they are parted by semicolons. */
const text = 'a;b,c\nred,5;2\nblue,5;3\nred,5;4\n';
const semicolons = { delimiter: ';' };

async function imported() {
  const db = await openTab();
  const read = await importFile(db, { file: new Blob([text]), name: 'odd.csv' }, {});
  const { datasetId, version } = read.imported;
  return { db, of: { datasetId, version }, read };
}

const namesOf = ({ columns }: { readonly columns: readonly { readonly name: string }[] }) =>
  columns.map(({ name }) => name);

describe('a version that is read again', () => {
  it('is what the settings make of it; its bytes, number and origin stay', async () => {
    const { db, of, read } = await imported();
    expect(namesOf(read.info)).toEqual(['a;b', 'c']);
    await readAgain(db, of, { settings: semicolons });
    const after = await getDataset(db, of.datasetId);
    expect(namesOf(after.info)).toEqual(['a', 'b,c']);
    expect(after.info.settings).toEqual(semicolons);
    const [before] = read.dataset.versions;
    expect(after.versions).toEqual([{ ...before, info: after.info }]);
    expect(await (await getDatasetFile(db, of.datasetId)).text()).toBe(text);
    expect((await readVersion(db, of)).table.names).toEqual(['a', 'b,c']);

    await readAgain(db, of, { settings: {} });
    expect((await getDataset(db, of.datasetId)).info).toEqual(read.info);
  });

  it('shows its rows in the new way, also where another tab changed it', async () => {
    const { db, of, read } = await imported();
    const reader = new TableReader();
    reader.keep(read);
    expect(await reader.rows(db, { ...of, from: 0, count: 1 })).toEqual([['red', '5;2']]);
    await readAgain(db, of, { settings: semicolons });
    expect(await reader.rows(db, { ...of, from: 0, count: 1 })).toEqual([['red,5', '2']]);
  });

  it('loses its profile, which described the columns as they were', async () => {
    const { db, of, read } = await imported();
    await profileDataset(db, read, null, { onProgress: () => undefined });
    expect(await getProfile(db, read.info)).toBeDefined();
    await readAgain(db, of, { settings: semicolons });
    expect(await db.profiles.count()).toBe(0);
  });

  it('leaves its runs with the reading that they were made with', async () => {
    const { db, of, read } = await imported();
    const spec = proposeSpec(read.info, 'c');
    const { id } = await createRun(db, {
      datasetId: of.datasetId,
      datasetVersion: of.version,
      spec,
    });
    const { info } = await readAgain(db, of, { settings: semicolons });
    expect((await getRun(db, id)).spec).toEqual(spec);
    expect(spec.data.read).toBeUndefined();
    expect(proposeSpec(info, 'a').data.read).toEqual(semicolons);
  });

  it('stays as it was where it cannot be read so', async () => {
    const { db, of, read } = await imported();
    const reading = readAgain(db, of, { settings: { encoding: 'utf-16le' } });
    await expect(reading).rejects.toMatchObject({ kind: 'input' });
    expect((await getDataset(db, of.datasetId)).info).toEqual(read.info);
  });
});

it('the same bytes imported again with settings are read so from then on, and without as before', async () => {
  const { db, of } = await imported();
  const source = { file: new Blob([text]), name: 'odd.csv' };
  const again = await importFile(db, source, { settings: semicolons });
  expect(again.imported).toEqual({ ...of, alreadyThere: true });
  expect((await getDataset(db, of.datasetId)).info.settings).toEqual(semicolons);
  await importFile(db, source, {});
  expect((await getDataset(db, of.datasetId)).info.settings).toEqual(semicolons);
});
