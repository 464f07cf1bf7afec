import { openTab } from './test-database.ts';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { findRate, type RateProgress } from '#core/find-rate.ts';
import { JobQueue } from '#core/job-queue.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import { findStoredRate } from '#storage/find-rate.ts';
import { importFile } from '#storage/import-file.ts';
import { readBytes } from '../support/csv.ts';
import { nodeEngine } from '../support/experiment.ts';

const penguins = await readFile('public/samples/penguins.csv');

async function stored() {
  const db = await openTab();
  const file = new Blob([penguins]);
  const { dataset } = await importFile(db, { file, name: 'penguins.csv' }, {});
  const spec = proposeSpec(dataset.info, 'species', { seed: 7 });
  return { db, query: { datasetId: dataset.id, version: 1, spec, candidate: 'network' } };
}

describe('finding a rate on a stored version', () => {
  it('finds what the command line finds, and says how far it is', async () => {
    const { db, query } = await stored();
    const heard: RateProgress[] = [];
    const finding = await new JobQueue().run('rate', (job) =>
      findStoredRate(db, query, job, {
        createEngine: nodeEngine,
        onProgress: (progress) => heard.push(progress),
      }),
    );
    const direct = await findRate({
      ...query,
      dataset: await readBytes(penguins),
      engine: await nodeEngine(),
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    expect(finding).toEqual(direct);
    expect(heard[0]?.step).toBe('reading');
    expect(heard.at(-1)?.step).toBe('steps');
  });

  it('waits for the job before it, and can be cancelled while it does', async () => {
    const { db, query } = await stored();
    const jobs = new JobQueue();
    let end: () => void = () => undefined;
    const first = jobs.run('first', () => new Promise<void>((resolve) => (end = resolve)));
    const heard: RateProgress[] = [];
    const waiting = jobs.run('rate', (job) =>
      findStoredRate(db, query, job, {
        createEngine: nodeEngine,
        onProgress: (progress) => heard.push(progress),
      }),
    );
    jobs.cancel('rate');
    await expect(waiting).rejects.toMatchObject({ kind: 'cancelled' });
    expect(heard).toEqual([]);
    end();
    await first;
  });
});
