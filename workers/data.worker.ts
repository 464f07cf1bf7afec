import { expose } from 'comlink';
import { audit } from '#core/data/audit/audit.ts';
import { describeSplit } from '#core/run/describe-split.ts';
import type { DataWorkerApi, ProfileProgress, ReadStep } from '#core/protocol/data-worker.ts';
import { compareVersions } from '#storage/compare-versions.ts';
import { ImageReader } from '#storage/image-reader.ts';
import { importFile } from '#storage/import-file.ts';
import { profileDataset } from '#storage/profile-dataset.ts';
import { readAgain } from '#storage/read-again.ts';
import { fromStorage, StorageJobs } from '#storage/storage-jobs.ts';
import { TableReader } from '#storage/table-reader.ts';
import { hashThreads as threads } from './hash-threads.ts';

const jobs = new StorageJobs();
const reader = new TableReader();
const images = new ImageReader(reader);

expose({
  importDataset: ({ jobId, settings = {}, ...source }, onProgress) =>
    jobs.run(jobId, async (db, signal) => {
      const hear = (read: ReadStep) => onProgress({ jobId, ...read });
      const read = await importFile(db, source, { settings, signal, threads, onProgress: hear });
      reader.keep(read);
      return read.imported;
    }),

  readAgain: ({ jobId, settings, ...of }, onProgress) =>
    jobs.run(jobId, async (db, signal) => {
      const hear = (read: ReadStep) => onProgress({ jobId, ...read });
      reader.keep(await readAgain(db, of, { settings, signal, onProgress: hear }));
      return null;
    }),
  compareVersions: ({ jobId, ...query }, onProgress) =>
    jobs.run(jobId, (db, signal) =>
      compareVersions(db, query, { signal, onProgress: (done) => onProgress({ jobId, done }) }),
    ),

  profileDataset: ({ jobId, target, ...of }, onProgress) =>
    jobs.run(jobId, async (db, signal) => {
      const hear = (step: Omit<ProfileProgress, 'jobId'>) => onProgress({ jobId, ...step });
      const dataset = await reader.dataset(db, of, signal);
      await profileDataset(db, dataset, target, { signal, onProgress: hear });
      return null;
    }),

  auditDataset: ({ jobId, datasetId, version, ...options }, onProgress) =>
    jobs.run(jobId, async (db, signal) => {
      const hear = (done: number, total: number) => onProgress({ jobId, done, total });
      const dataset = await reader.dataset(db, { datasetId, version }, signal);
      return audit(dataset, { ...options, signal, onProgress: hear });
    }),
  readRows: (query) => fromStorage(async (db) => ({ rows: await reader.rows(db, query) })),
  readCells: (query) => fromStorage(async (db) => ({ cells: await reader.cells(db, query) })),
  groupImages: (query) => fromStorage((db) => images.groups(db, query)),
  readImages: (query) => fromStorage((db) => images.read(db, query)),
  describeSplit: ({ spec, ...of }) =>
    fromStorage(async (db) => describeSplit(spec, await reader.dataset(db, of))),
  describeAugmentation: (query) => fromStorage((db) => images.augmented(db, query)),
  cancel: (jobId) => jobs.cancel(jobId),
} satisfies DataWorkerApi);
