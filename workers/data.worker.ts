import { expose } from 'comlink';
import { audit } from '#core/data/audit/audit.ts';
import { describeSplit } from '#core/data/split/describe-split.ts';
import { settle } from '#core/errors.ts';
import { unlessAborted } from '#core/job-queue.ts';
import type { DataWorkerApi, ProfileProgress } from '#core/protocol.ts';
import { compareVersions } from '#storage/compare-versions.ts';
import { openStorage } from '#storage/database.ts';
import { importFile } from '#storage/import-file.ts';
import { profileDataset } from '#storage/profile-dataset.ts';
import { StorageJobs } from '#storage/storage-jobs.ts';
import { TableReader } from '#storage/table-reader.ts';

const jobs = new StorageJobs();
const reader = new TableReader();

expose({
  importDataset: ({ jobId, file, name, ...placing }, onProgress) =>
    jobs.run(jobId, async (db, signal) => {
      const hear = (bytesRead: number, rows: number) =>
        onProgress({ jobId, bytesRead, bytesTotal: file.size, rows });
      const read = await importFile(db, { file, name, placing }, { signal, onProgress: hear });
      const imported = { datasetId: read.dataset.id, version: read.dataset.version };
      reader.keep(imported, read.table);
      return { ...imported, alreadyThere: read.alreadyThere };
    }),

  compareVersions: ({ jobId, ...query }, onProgress) =>
    jobs.run(jobId, async (db, signal) => {
      const onDone = (done: number) => onProgress({ jobId, done });
      return compareVersions(db, query, { signal, onProgress: onDone });
    }),

  profileDataset: ({ jobId, target, ...of }, onProgress) =>
    jobs.run(jobId, async (db, signal) => {
      const hear = (step: Omit<ProfileProgress, 'jobId'>) => onProgress({ jobId, ...step });
      const dataset = await unlessAborted(reader.dataset(db, of), signal);
      await profileDataset(db, dataset, target, { signal, onProgress: hear });
      return null;
    }),

  auditDataset: ({ jobId, datasetId, version, ...options }, onProgress) =>
    jobs.run(jobId, async (db, signal) => {
      const hear = (done: number, total: number) => onProgress({ jobId, done, total });
      const dataset = await unlessAborted(reader.dataset(db, { datasetId, version }), signal);
      return audit(dataset, { ...options, signal, onProgress: hear });
    }),

  readRows: (query) =>
    settle(async () => ({ rows: await reader.rows(await openStorage(), query) })),

  describeSplit: ({ spec, ...of }) =>
    settle(async () => describeSplit(spec, await reader.dataset(await openStorage(), of))),

  cancel: (jobId) => jobs.cancel(jobId),
} satisfies DataWorkerApi);
