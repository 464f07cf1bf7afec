import { expose } from 'comlink';
import { settle } from '#core/errors.ts';
import { JobQueue } from '#core/job-queue.ts';
import type { DataWorkerApi, ProfileProgress } from '#core/protocol.ts';
import { compareVersions } from '#storage/compare-versions.ts';
import { openStorage } from '#storage/database.ts';
import { importFile } from '#storage/import-file.ts';
import { profileDataset } from '#storage/profile-dataset.ts';
import { TableReader } from '#storage/table-reader.ts';

const jobs = new JobQueue();
const reader = new TableReader();

expose({
  importDataset: ({ jobId, file, name, from, versionOf }, onProgress) =>
    settle(() =>
      jobs.run(jobId, async ({ signal, turn }) => {
        await turn();
        const { dataset, alreadyThere, table } = await importFile(
          await openStorage(),
          { file, name, placing: { from, ...(versionOf !== undefined && { versionOf }) } },
          {
            signal,
            onProgress: (bytesRead, rows) =>
              onProgress({ jobId, bytesRead, bytesTotal: file.size, rows }),
          },
        );
        const imported = { datasetId: dataset.id, version: dataset.version };
        reader.keep(imported, table);
        return { ...imported, alreadyThere };
      }),
    ),

  compareVersions: ({ jobId, ...query }, onProgress) =>
    settle(() =>
      jobs.run(jobId, async ({ signal, turn }) => {
        await turn();
        const onDone = (done: number) => onProgress({ jobId, done });
        return compareVersions(await openStorage(), query, { signal, onProgress: onDone });
      }),
    ),

  profileDataset: ({ jobId, target, ...of }, onProgress) =>
    settle(() =>
      jobs.run(jobId, async ({ signal, turn }) => {
        await turn();
        const db = await openStorage();
        const hear = (progress: Omit<ProfileProgress, 'jobId'>) =>
          onProgress({ jobId, ...progress });
        const dataset = await reader.dataset(db, of);
        await profileDataset(db, dataset, target, { signal, onProgress: hear });
        return null;
      }),
    ),

  readRows: (query) =>
    settle(async () => ({ rows: await reader.rows(await openStorage(), query) })),

  cancel: (jobId) => jobs.cancel(jobId),
} satisfies DataWorkerApi);
