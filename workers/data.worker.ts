import { expose } from 'comlink';
import { settle } from '#core/errors.ts';
import { JobQueue } from '#core/job-queue.ts';
import type { DataWorkerApi } from '#core/protocol.ts';
import { openStorage } from '#storage/database.ts';
import { importFile } from '#storage/import-file.ts';
import { TableReader } from '#storage/table-reader.ts';

const jobs = new JobQueue();
const reader = new TableReader();

expose({
  importDataset: ({ jobId, file, name }, onProgress) =>
    settle(() =>
      jobs.run(jobId, async ({ signal, turn }) => {
        await turn();
        const { dataset, alreadyThere, table } = await importFile(
          await openStorage(),
          { file, name },
          {
            signal,
            onProgress: (bytesRead, rows) =>
              onProgress({ jobId, bytesRead, bytesTotal: file.size, rows }),
          },
        );
        reader.keep(dataset.id, table);
        return { datasetId: dataset.id, alreadyThere };
      }),
    ),

  readRows: (query) =>
    settle(async () => ({ rows: await reader.rows(await openStorage(), query) })),

  cancel: (jobId) => jobs.cancel(jobId),
} satisfies DataWorkerApi);
