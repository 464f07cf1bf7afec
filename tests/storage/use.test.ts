import { openTab } from './test-database.ts';
import { expect, it } from 'vitest';
import { importDataset } from '#storage/datasets.ts';
import { finishRun } from '#storage/run-status.ts';
import { createRun } from '#storage/runs.ts';
import { observeUse } from '#storage/use.ts';
import { next } from './next.ts';
import { csvFile, flowersCsv, flowersSpec, queuedRun, resultOf } from './samples.ts';

it('adds up what data sets, versions, runs and models take, and counts shared bytes once', async () => {
  const db = await openTab();
  const run = await queuedRun(db);
  const { datasetId } = run;
  const second = csvFile(`${flowersCsv}6,virginica\n`);
  await importDataset(db, second, { from: 'file', versionOf: datasetId });
  const again = await createRun(db, { datasetId, datasetVersion: 2, spec: flowersSpec('again') });
  const texts = { baseline: 'a'.repeat(5_000), linear: 'b'.repeat(7_000) };
  for (const each of [run, again]) await finishRun(db, each.id, resultOf(each, texts));

  const use = await next(observeUse(db), () => true);
  const [flowers] = use.datasets;
  expect(use.datasets).toHaveLength(1);
  expect(flowers?.versions).toEqual([
    { number: 1, bytes: flowersCsv.length },
    { number: 2, bytes: second.blob.size },
  ]);
  expect(flowers?.runs.map(({ version, models }) => [version, models])).toEqual(
    expect.arrayContaining([
      [1, 2],
      [2, 2],
    ]),
  );
  const modelBytes = flowers?.runs.map(({ bytes }) => bytes).toSorted((a, b) => b - a) ?? [];
  expect(modelBytes[0]).toBeGreaterThan(12_000);
  expect(modelBytes[1]).toBeLessThan(12_000);
  const parts = [...(flowers?.versions ?? []), ...(flowers?.runs ?? [])];
  expect(flowers?.foundBytes).toBeGreaterThan(100);
  expect(flowers?.bytes).toBe(
    parts.reduce((sum, { bytes }) => sum + bytes, flowers?.foundBytes ?? 0),
  );
  expect(use.totalBytes).toBe((flowers?.bytes ?? 0) + use.otherBytes);
});

it('is nothing where nothing is stored', async () => {
  const use = await next(observeUse(await openTab()), () => true);
  expect(use.datasets).toEqual([]);
  expect(use.totalBytes).toBe(0);
});
