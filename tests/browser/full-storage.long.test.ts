import { afterEach, expect, it } from 'vitest';
import { cdp } from 'vitest/browser';
import { openDatabase, type TerrariumDatabase } from '#storage/database.ts';
import { getDatasetFile, importDataset } from '#storage/datasets.ts';
import { finishRun, markRunning } from '#storage/run-status.ts';
import { getRun } from '#storage/runs.ts';
import { csvFile, flowersCsv, queuedRun, resultOf } from '../storage/samples.ts';

const { origin } = location;
const largeText = '0123456789\n'.repeat(400_000);

afterEach(() => cdp().send('Storage.overrideQuotaForOrigin', { origin }));

/** Lowers the browser's own quota and imports until it refuses; it looks at it every half minute only. */
async function fillUp(db: TerrariumDatabase): Promise<unknown> {
  await cdp().send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1_000_000 });
  for (let n = 0; n < 60; n += 1) {
    try {
      await importDataset(db, csvFile(`x\n${String(n)}${largeText}`, `large-${String(n)}.csv`));
    } catch (thrown) {
      return thrown;
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  return null;
}

it('a browser whose quota is used up refuses with a sentence and keeps what was saved', async () => {
  const db = await openDatabase(`full-${String(Date.now())}`);
  const run = await queuedRun(db);
  await markRunning(db, run.id);
  const running = await getRun(db, run.id);

  expect(await fillUp(db)).toMatchObject({
    code: 'storage_full',
    kind: 'storage',
    message: expect.stringMatching(
      /so the data set large-\d+\.csv could not be saved; everything saved before is still there\.$/,
    ) as unknown,
  });
  expect(await (await getDatasetFile(db, run.datasetId)).text()).toBe(flowersCsv);
  const blobs = await db.blobs.count();
  expect(blobs).toBe(await db.datasets.count());

  const result = resultOf(run, { linear: largeText });
  await expect(finishRun(db, run.id, result)).rejects.toMatchObject({ code: 'storage_full' });
  expect(await getRun(db, run.id)).toEqual(running);
  expect(await db.blobs.count()).toBe(blobs);
  db.close();
});
