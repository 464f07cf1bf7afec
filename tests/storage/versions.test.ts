import { openTab } from './test-database.ts';
import { describe, expect, it } from 'vitest';
import {
  deleteDataset,
  getDataset,
  getDatasetFile,
  importDataset,
  type Placing,
} from '#storage/datasets.ts';
import type { TerrariumDatabase } from '#storage/database.ts';
import { cancelRun, finishRun } from '#storage/run-status.ts';
import { createRun, getRun } from '#storage/runs.ts';
import { confirmVersion, deleteVersion, setApart } from '#storage/versions.ts';
import { csvFile, flowersSpec, resultOf } from './samples.ts';

/** A file of so many rows and these columns. */
function table(columns: readonly string[], rows: number, name = 'flowers.csv') {
  const file = csvFile(
    `${columns.join()}\n${`${columns.map(() => rows).join()}\n`.repeat(rows)}`,
    name,
  );
  const schemas = columns.map((column) => ({
    name: column,
    type: 'integer' as const,
    dtype: 'float32' as const,
    missing: [''],
    missingCount: 0,
    distinct: 1,
    integer: true,
    top: [],
    evidence: '',
  }));
  return { ...file, info: { ...file.info, columns: schemas } };
}

const columns = ['petal', 'sepal', 'species', 'day'];
const put = async (db: TerrariumDatabase, file: ReturnType<typeof table>, placing?: Placing) =>
  (await importDataset(db, file, placing)).dataset;

/** A data set of three versions, with a finished run on the second. */
async function grown() {
  const db = await openTab();
  const { id } = await put(db, table(columns, 1));
  for (const rows of [2, 3]) await put(db, table(columns, rows));
  const run = await createRun(db, { datasetId: id, datasetVersion: 2, spec: flowersSpec() });
  await finishRun(db, run.id, resultOf(run));
  return { db, id, runId: run.id };
}

describe('a changed file', () => {
  it('of the same name and columns is a new version, placed by its name', async () => {
    const db = await openTab();
    const first = await put(db, table(columns, 1));
    const second = await put(db, table(columns, 2));
    expect(second).toMatchObject({ id: first.id, version: 2, info: { rows: 2 } });
    expect(second.versions.map(({ number, origin }) => [number, origin.placed])).toEqual([
      [1, 'by-hand'],
      [2, 'by-name'],
    ]);
    expect(await getDataset(db, first.id)).toEqual(second);
    expect(await getDataset(db, first.id, 1)).toMatchObject({ version: 1, info: { rows: 1 } });
    expect(await (await getDatasetFile(db, first.id, 1)).text()).toContain('1,1,1,1');
    await confirmVersion(db, first.id, 2);
    expect((await getDataset(db, first.id)).versions[1]?.origin.placed).toBe('by-hand');
  });

  it('needs half of the columns, and the name, to be taken for one', async () => {
    const db = await openTab();
    const first = await put(db, table(columns, 1));
    const half = await put(db, table(['petal', 'sepal', 'x', 'y'], 2));
    expect(half).toMatchObject({ id: first.id, version: 2 });
    const fewer = await put(db, table(['petal', 'a', 'b', 'c'], 3));
    const wider = await put(db, table(['petal', 'sepal', 'p', 'q', 'r'], 4));
    const other = await put(db, table(['petal', 'sepal', 'x', 'y'], 5, 'other.csv'));
    expect(new Set([first.id, fewer.id, wider.id, other.id]).size).toBe(4);
  });

  it('that a person calls a new version is one, whatever it is called and holds', async () => {
    const db = await openTab();
    const first = await put(db, table(columns, 1));
    const second = await put(db, table(['a'], 2, 'x.csv'), { from: 'file', versionOf: first.id });
    expect(second).toMatchObject({ id: first.id, version: 2 });
    expect(second.versions[1]?.origin).toEqual({ from: 'file', placed: 'by-hand' });
    const gone = put(db, table(['a'], 3), { from: 'file', versionOf: 'gone' });
    await expect(gone).rejects.toMatchObject({ code: 'dataset_not_found' });
  });

  it('goes to the data set that grew last, of several with its name', async () => {
    const db = await openTab();
    const first = await put(db, table(columns, 1));
    await put(db, table(columns, 2));
    const apart = await setApart(db, first.id, 2);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await put(db, table(columns, 3), { from: 'file', versionOf: first.id });
    expect((await put(db, table(columns, 4))).id).toBe(first.id);
    expect((await getDataset(db, apart)).versions).toHaveLength(1);
  });

  it('whose bytes are an older version is that version', async () => {
    const { db, id } = await grown();
    const { dataset, alreadyThere } = await importDataset(db, table(columns, 1), {
      from: 'file',
      versionOf: id,
    });
    expect(alreadyThere).toBe(true);
    expect(dataset).toMatchObject({ id, version: 1 });
    expect(dataset.versions).toHaveLength(3);
  });
});

describe('deleting a version', () => {
  it('takes its runs and files, and leaves the others with their numbers', async () => {
    const { db, id, runId } = await grown();
    await deleteVersion(db, id, 2);
    await expect(getRun(db, runId)).rejects.toMatchObject({ code: 'run_not_found' });
    expect((await getDataset(db, id)).versions.map(({ number }) => number)).toEqual([1, 3]);
    await expect(getDataset(db, id, 2)).rejects.toMatchObject({ code: 'version_not_found' });
    expect(await db.blobs.count()).toBe(2);
    await deleteVersion(db, id, 3);
    expect((await put(db, table(columns, 9))).version).toBe(4);
  });

  it('takes the data set with the last one, and nothing where it is gone', async () => {
    const { db, id } = await grown();
    for (const number of [1, 2, 3, 3]) await deleteVersion(db, id, number);
    expect(await db.datasets.count()).toBe(0);
    expect(await db.blobs.count()).toBe(0);
  });

  it('is refused while a run trains on it, and not for a run on another', async () => {
    const { db, id } = await grown();
    const run = await createRun(db, { datasetId: id, datasetVersion: 3, spec: flowersSpec() });
    await deleteVersion(db, id, 1);
    await expect(deleteVersion(db, id, 3)).rejects.toMatchObject({ code: 'dataset_in_use' });
    await expect(setApart(db, id, 3)).rejects.toMatchObject({ code: 'dataset_in_use' });
    await cancelRun(db, run.id);
    await deleteVersion(db, id, 3);
  });
});

describe('a version that is set apart', () => {
  it('is a data set of its own, with its runs and its file', async () => {
    const { db, id, runId } = await grown();
    const apart = await setApart(db, id, 2);
    expect(await getDataset(db, apart)).toMatchObject({ name: 'flowers.csv', version: 1 });
    expect(await (await getDatasetFile(db, apart)).text()).toContain('2,2,2,2');
    expect(await getRun(db, runId)).toMatchObject({ datasetId: apart, datasetVersion: 1 });
    expect((await getDataset(db, id)).versions.map(({ number }) => number)).toEqual([1, 3]);
    await deleteDataset(db, id);
    expect(await (await getDatasetFile(db, apart)).text()).toContain('2,2,2,2');
    await expect(setApart(db, apart, 1)).rejects.toMatchObject({ code: 'only_version' });
  });
});
