import { expose } from 'comlink';
import { describeSplit } from '#core/data/split/describe-split.ts';
import { settle, type Result } from '#core/errors.ts';
import { JobQueue } from '#core/job-queue.ts';
import type { DataWorkerApi, ProfileProgress } from '#core/protocol.ts';
import { compareVersions } from '#storage/compare-versions.ts';
import { openStorage, type TerrariumDatabase } from '#storage/database.ts';
import { importFile } from '#storage/import-file.ts';
import { profileDataset } from '#storage/profile-dataset.ts';
import { TableReader } from '#storage/table-reader.ts';

const jobs = new JobQueue();
const reader = new TableReader();

type Body<T> = (db: TerrariumDatabase, signal: AbortSignal) => Promise<T>;

/** A job's body, run when the jobs before it have ended. */
function inTurn<T>(jobId: string, body: Body<T>): Promise<Result<T>> {
  const run = jobs.run(jobId, async ({ signal, turn }) => {
    await turn();
    return body(await openStorage(), signal);
  });
  return settle(() => run);
}

expose({
  importDataset: ({ jobId, file, name, ...placing }, onProgress) =>
    inTurn(jobId, async (db, signal) => {
      const hear = (bytesRead: number, rows: number) =>
        onProgress({ jobId, bytesRead, bytesTotal: file.size, rows });
      const read = await importFile(db, { file, name, placing }, { signal, onProgress: hear });
      const imported = { datasetId: read.dataset.id, version: read.dataset.version };
      reader.keep(imported, read.table);
      return { ...imported, alreadyThere: read.alreadyThere };
    }),

  compareVersions: ({ jobId, ...query }, onProgress) =>
    inTurn(jobId, async (db, signal) => {
      const onDone = (done: number) => onProgress({ jobId, done });
      return compareVersions(db, query, { signal, onProgress: onDone });
    }),

  profileDataset: ({ jobId, target, ...of }, onProgress) =>
    inTurn(jobId, async (db, signal) => {
      const hear = (step: Omit<ProfileProgress, 'jobId'>) => onProgress({ jobId, ...step });
      const dataset = await reader.dataset(db, of);
      await profileDataset(db, dataset, target, { signal, onProgress: hear });
      return null;
    }),

  readRows: (query) =>
    settle(async () => ({ rows: await reader.rows(await openStorage(), query) })),

  describeSplit: ({ spec, ...of }) =>
    settle(async () => describeSplit(spec, await reader.dataset(await openStorage(), of))),

  cancel: (jobId) => jobs.cancel(jobId),
} satisfies DataWorkerApi);
