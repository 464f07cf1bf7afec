import { expose } from 'comlink';
import { settle } from '#core/errors.ts';
import { JobQueue } from '#core/job-queue.ts';
import { writeInPieces } from '#core/language/write-in-pieces.ts';
import { predictFile } from '#core/predict-file.ts';
import { predictRecords } from '#core/predict.ts';
import type { InferWorkerApi } from '#core/protocol/infer-worker.ts';
import { openModelInBrowser } from '#engine/browser-inference.ts';
import { openStorage } from '#storage/database.ts';
import { tryExtractor } from '#storage/extractors.ts';
import { newId } from '#storage/ids.ts';
import { ModelLoader, type LoadedModel } from '#storage/model-loader.ts';
import { TreeLoader } from '#storage/tree-loader.ts';

const jobs = new JobQueue();
const models = new ModelLoader(openModelInBrowser);
const trees = new TreeLoader();

/** One after the other, since loading a model releases the one before. */
const withModel = <T>(
  { runId, candidate, jobId }: { runId: string; candidate?: string; jobId: string },
  use: (model: LoadedModel, signal: AbortSignal) => Promise<T>,
) =>
  settle(() =>
    jobs.run(jobId, async ({ signal, turn }) => {
      await turn();
      return use(await models.load(await openStorage(), runId, candidate), signal);
    }),
  );

expose({
  predict: ({ records, ...of }) =>
    withModel({ ...of, jobId: newId() }, async ({ session, contract }) => ({
      predictions: await predictRecords(session, contract, records),
    })),
  predictFile: ({ file, settings = {}, ...of }) =>
    withModel(of, ({ session, contract }, signal) =>
      predictFile(session, contract, file, { settings, signal }),
    ),
  writeText: ({ writing, ...of }, onPiece) =>
    withModel(of, async ({ session, contract }, signal) => {
      const hear = (text: string) => onPiece({ jobId: of.jobId, text });
      return { text: await writeInPieces(session, contract, writing, hear, signal) };
    }),
  tryExtractor: (query) =>
    settle(async () => tryExtractor(await openStorage(), query, openModelInBrowser)),
  readTree: (query) => settle(async () => trees.branch(await openStorage(), query)),
  writeTree: (query) => settle(async () => trees.text(await openStorage(), query)),
  cancel: (jobId) => jobs.cancel(jobId),
} satisfies InferWorkerApi);
