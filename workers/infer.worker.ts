import { expose } from 'comlink';
import { readTable } from '#core/data/dataset.ts';
import { settle } from '#core/errors.ts';
import { JobQueue } from '#core/job-queue.ts';
import { predictRecords, predictTable } from '#core/predict.ts';
import { predictionsCsv } from '#core/predictions-csv.ts';
import type { InferWorkerApi } from '#core/protocol.ts';
import { openModelInBrowser } from '#engine/browser-inference.ts';
import { openStorage } from '#storage/database.ts';
import { tryExtractor } from '#storage/extractors.ts';
import { newId } from '#storage/ids.ts';
import { ModelLoader } from '#storage/model-loader.ts';
import { TreeLoader } from '#storage/tree-loader.ts';

/** Predictions that a page shows of a file; the file given back has all. */
const SAMPLE_ROWS = 100;

const jobs = new JobQueue();
const models = new ModelLoader(openModelInBrowser);
const trees = new TreeLoader();

expose({
  predict: ({ runId, candidate, records }) =>
    settle(() =>
      jobs.run(newId(), async ({ turn }) => {
        await turn();
        const { session, contract } = await models.load(await openStorage(), runId, candidate);
        return { predictions: await predictRecords(session, contract, records) };
      }),
    ),

  predictFile: ({ runId, candidate, file, jobId }) =>
    settle(() =>
      jobs.run(jobId, async ({ signal, turn }) => {
        await turn();
        const { session, contract } = await models.load(await openStorage(), runId, candidate);
        const name = file instanceof File ? file.name : '';
        const { table } = await readTable(file.stream(), name, {
          signal,
          size: file.size,
          unlabelled: true,
        });
        const predictions = await predictTable(session, contract, table, signal);
        const csv = predictionsCsv(table, contract, predictions);
        return {
          csv: new Blob([csv], { type: 'text/csv' }),
          rows: predictions.length,
          sample: predictions.slice(0, SAMPLE_ROWS),
        };
      }),
    ),

  tryExtractor: (query) =>
    settle(async () => tryExtractor(await openStorage(), query, openModelInBrowser)),
  readTree: (query) => settle(async () => trees.branch(await openStorage(), query)),
  writeTree: (query) => settle(async () => trees.text(await openStorage(), query)),
  cancel: (jobId) => jobs.cancel(jobId),
} satisfies InferWorkerApi);
