import { proxy, wrap, type Remote } from 'comlink';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '#core/errors.ts';
import type { DataWorkerApi, ReadProgress } from '#core/protocol/data-worker.ts';
import type { InferWorkerApi } from '#core/protocol/infer-worker.ts';
import type { JobEvent, TrainWorkerApi } from '#core/protocol/train-worker.ts';
import { threadsFor } from '#core/parallel/threads.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { openStorage, type TerrariumDatabase } from '#storage/database.ts';
import { getDataset } from '#storage/datasets.ts';
import { createRun, getRun, observeRun } from '#storage/runs.ts';
import { next } from '../storage/next.ts';

const workers: Worker[] = [];

function connected<Api>(worker: Worker): Remote<Api> {
  workers.push(worker);
  return wrap<Api>(worker);
}

const startData = () =>
  connected<DataWorkerApi>(
    new Worker(new URL('../../workers/data.worker.ts', import.meta.url), { type: 'module' }),
  );
const startTrain = () =>
  connected<TrainWorkerApi>(
    new Worker(new URL('../../workers/train.worker.ts', import.meta.url), { type: 'module' }),
  );
const startInfer = () =>
  connected<InferWorkerApi>(
    new Worker(new URL('../../workers/infer.worker.ts', import.meta.url), { type: 'module' }),
  );

let db: TerrariumDatabase;
let penguins: Blob;

beforeAll(async () => {
  db = await openStorage();
  penguins = await (await fetch('/samples/penguins.csv')).blob();
});
afterAll(async () => {
  for (const worker of workers) worker.terminate();
  await db.delete();
});

async function importPenguins(data: Remote<DataWorkerApi>, hear: (told: ReadProgress) => void) {
  const job = { jobId: 'import', file: penguins, name: 'penguins.csv', from: 'file' } as const;
  return unwrap(await data.importDataset(job, proxy(hear)));
}

async function penguinRun(change: (spec: Spec) => Spec): Promise<string> {
  const { datasetId } = await importPenguins(startData(), () => {});
  const { info } = await getDataset(db, datasetId);
  const spec = { ...proposeSpec(info, 'species', { seed: 7 }), evaluation: { resamples: 100 } };
  return (await createRun(db, { datasetId, datasetVersion: 1, spec: change(spec) })).id;
}

/** The baseline and a network that trains for so many epochs, on wasm. */
function network(epochs: number): (spec: Spec) => Spec {
  return (spec) => ({
    ...spec,
    backend: 'wasm',
    candidates: [
      { name: 'baseline', model: 'majority', parameters: {} },
      { name: 'network', model: 'mlp', parameters: { epochs, patience: epochs } },
    ],
  });
}

describe('the data worker', () => {
  it('imports a file, tells how far it is, and reads rows back', async () => {
    const data = startData();
    const told: ReadProgress[] = [];
    const first = await importPenguins(data, (progress) => told.push(progress));
    expect(told.at(-1)).toEqual({
      jobId: 'import',
      bytesRead: penguins.size,
      bytesTotal: penguins.size,
      rows: 344,
    });
    const digest = await crypto.subtle.digest('SHA-256', await penguins.arrayBuffer());
    const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0'));
    const { info } = await getDataset(db, first.datasetId);
    expect(info.sha256).toBe(hex.join(''));
    const second = await importPenguins(data, () => {});
    expect(second).toEqual({ ...first, alreadyThere: true });
    const query = { datasetId: first.datasetId, version: 1, from: 342, count: 10 };
    const { rows } = unwrap(await data.readRows(query));
    expect(rows).toHaveLength(2);
    expect(unwrap(await startData().readRows(query)).rows).toEqual(rows);
  });

  it('answers with the sentence of a file that is no table', async () => {
    const job = { jobId: 'empty', file: new Blob([]), name: 'empty.csv', from: 'file' } as const;
    const result = await startData().importDataset(
      job,
      proxy(() => {}),
    );
    expect(result).toMatchObject({ ok: false, error: { kind: 'input' } });
  });
});

describe('the train and infer workers', () => {
  it('train a stored run and predict with the model it exported', async () => {
    const runId = await penguinRun((spec) => ({ ...spec, backend: 'auto' }));
    const heard: JobEvent[] = [];
    const finished = next(observeRun(db, runId), (run) => run?.status === 'finished');
    const job = { jobId: 'train', runId };
    unwrap(
      await startTrain().train(
        job,
        proxy((event: JobEvent) => void heard.push(event)),
      ),
    );
    const run = await finished;
    expect(run?.record?.environment.backendReason).toMatch(/^timed: /);
    expect(run?.record?.environment.workers).toBe(threadsFor(navigator.hardwareConcurrency));
    expect(run?.record?.candidates.every(({ parity }) => parity.passed)).toBe(true);
    expect(new Set(heard.map(({ jobId }) => jobId))).toEqual(new Set(['train']));
    expect(heard.at(-1)?.event.type).toBe('finished');

    const infer = startInfer();
    const file = penguins.slice();
    const { reading, predicted } = unwrap(await infer.predictFile({ runId, file, jobId: 'file' }));
    expect(reading).toMatchObject({ format: 'csv', delimiter: ',' });
    const { csv, rows, sample } = unwrap(predicted);
    expect(rows).toBe(344);
    const lines = (await csv.text()).trimEnd().split('\n');
    expect(lines).toHaveLength(345);
    expect(lines[0]).toContain('predicted_species');
    const names = lines[0]?.split(',') ?? [];
    const cells = lines[1]?.split(',') ?? [];
    const record = Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
    const { predictions } = unwrap(await infer.predict({ runId, records: [record] }));
    expect(predictions).toEqual(sample.slice(0, 1));
  });

  it('stop within 200 ms of a cancel, and train the next run after it', async () => {
    const train = startTrain();
    const [first, second] = [await penguinRun(network(10_000)), await penguinRun(network(2))];
    let trains: () => void = () => {};
    const started = new Promise<void>((resolve) => (trains = resolve));
    const training = train.train(
      { jobId: '1', runId: first },
      proxy(({ event }: JobEvent) => {
        if (event.type === 'epoch' && event.epochs === 10_000) trains();
      }),
    );
    await Promise.race([started, training.then(unwrap)]);
    const waiting = train.train(
      { jobId: '2', runId: second },
      proxy(() => {}),
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await getRun(db, second)).status).toBe('queued');
    const asked = performance.now();
    await train.cancel('1');
    expect(await training).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
    expect(performance.now() - asked).toBeLessThan(200);
    expect((await getRun(db, first)).status).toBe('cancelled');
    expect(await waiting).toEqual({ ok: true, value: { runId: second } });
    expect((await getRun(db, second)).status).toBe('finished');
  });

  it('answer with a sentence where there is nothing to train or to predict with', async () => {
    const nothing = await startTrain().train(
      { jobId: 'x', runId: 'gone' },
      proxy(() => {}),
    );
    expect(nothing).toMatchObject({ ok: false, error: { code: 'run_not_found' } });
    const runId = await penguinRun(network(1));
    const early = await startInfer().predict({ runId, records: [] });
    expect(early).toMatchObject({ ok: false, error: { code: 'model_not_found' } });
  });
});
