import { openTab } from './test-database.ts';
import { createSHA256 } from 'hash-wasm';
import { describe, expect, it } from 'vitest';
import { readDataset } from '#core/data/dataset.ts';
import type { Dataset } from '#core/data/table.ts';
import type { ProfileProgress } from '#core/protocol/data-worker.ts';
import type { TerrariumDatabase } from '#storage/database.ts';
import { deleteDataset, importDataset } from '#storage/datasets.ts';
import { profileDataset } from '#storage/profile-dataset.ts';
import { getProfile, putProfile } from '#storage/profiles.ts';

const hasher = await createSHA256();

/** Twelve measured flowers. */
const csv = `petal,sepal,species\n${Array.from(
  { length: 12 },
  (_, row) => `${1.5 + row / 3},${5 + (row % 5) / 2},${row < 6 ? 'setosa' : 'virginica'}\n`,
).join('')}`;

async function imported(db: TerrariumDatabase, text = csv): Promise<[Dataset, string]> {
  const blob = new Blob([text]);
  const read = await readDataset(blob.stream(), 'flowers.csv');
  const info = { ...read.info, sha256: hasher.init().update(text).digest('hex') };
  const { dataset } = await importDataset(db, { info, blob });
  return [{ ...read, info }, dataset.id];
}

const species = { name: 'species', task: 'classification' } as const;
const quiet = { onProgress: () => undefined };

describe('the profile of a data set', () => {
  it('is stored step by step, and computed once', async () => {
    const db = await openTab();
    const [dataset] = await imported(db);
    const steps: ProfileProgress['step'][] = [];
    const onProgress = ({ step }: { step: ProfileProgress['step'] }) => void steps.push(step);
    await profileDataset(db, dataset, null, { onProgress });
    expect([...new Set(steps)]).toEqual(['columns', 'associations']);

    const stored = await getProfile(db, dataset.info);
    expect(stored?.profile.columns.map(({ name }) => name)).toEqual(['petal', 'sepal', 'species']);
    expect(stored?.associations?.values).toHaveLength(3);
    expect(stored?.powers).toEqual([]);

    steps.length = 0;
    await profileDataset(db, dataset, species, { onProgress });
    await profileDataset(db, dataset, species, { onProgress });
    expect(steps).toEqual(['power', 'power']);
    const [power] = (await getProfile(db, dataset.info))?.powers ?? [];
    expect(power).toMatchObject({ target: 'species', task: 'classification' });
    expect(power?.powers.map(({ column }) => column).sort()).toEqual(['petal', 'sepal']);
  });

  it('keeps what was done before a cancel', async () => {
    const db = await openTab();
    const [dataset] = await imported(db);
    const abort = new AbortController();
    const onProgress = ({ step }: { step: string }) => {
      if (step === 'associations') abort.abort();
    };
    const job = profileDataset(db, dataset, species, { signal: abort.signal, onProgress });
    await expect(job).rejects.toMatchObject({ kind: 'cancelled' });
    const stored = await getProfile(db, dataset.info);
    expect(stored?.profile.rows).toBe(12);
    expect(stored?.associations).toBeUndefined();
  });

  it('stays when a target cannot be measured', async () => {
    const db = await openTab();
    const [dataset] = await imported(db);
    const wrong = { name: 'species', task: 'regression' } as const;
    await expect(profileDataset(db, dataset, wrong, quiet)).rejects.toMatchObject({
      code: 'target_not_numeric',
    });
    expect((await getProfile(db, dataset.info))?.associations).toBeDefined();
  });

  it('is made anew where the columns are typed otherwise than it says', async () => {
    const db = await openTab();
    const [dataset] = await imported(db);
    await profileDataset(db, dataset, null, quiet);
    const columns = dataset.info.columns.map((column) => ({ ...column, type: 'text' as const }));
    expect(await getProfile(db, { ...dataset.info, columns })).toBeUndefined();
  });

  it('goes with its data set, and does not come back', async () => {
    const db = await openTab();
    const [dataset, id] = await imported(db);
    await profileDataset(db, dataset, null, quiet);
    const stored = await getProfile(db, dataset.info);
    if (stored === undefined) throw new Error('nothing was stored');
    await deleteDataset(db, id);
    expect(await db.profiles.count()).toBe(0);
    await putProfile(db, stored);
    expect(await db.profiles.count()).toBe(0);
  });
});
