import { openTab } from './test-database.ts';
import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { JobQueue } from '#core/job-queue.ts';
import { DEVICE_LOST, runError } from '#core/errors.ts';
import { predictRecords } from '#core/predict.ts';
import type { RunEvent } from '#core/run-events.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import type { BackendChoice, Spec } from '#core/spec/spec.ts';
import { createNodeEngine } from '#engine/node-engine.ts';
import type { TerrariumDatabase } from '#storage/database.ts';
import { executeRun, type Execution } from '#storage/execute-run.ts';
import { importFile } from '#storage/import-file.ts';
import { ModelLoader } from '#storage/model-loader.ts';
import { reclaimInterrupted } from '#storage/liveness.ts';
import { markRunning, queueAgain } from '#storage/run-status.ts';
import { createRun, getRun } from '#storage/runs.ts';
import { nodeEngine } from '../support/experiment.ts';
import { fillUp } from './fill-up.ts';

const penguins = await readFile('public/samples/penguins.csv');

afterEach(() => void vi.restoreAllMocks());

/** A queued run on the penguins, of the proposed spec with a short training. */
async function penguinRun(db: TerrariumDatabase, change: (spec: Spec) => Spec = (spec) => spec) {
  const file = new Blob([penguins]);
  const { dataset } = await importFile(db, { file, name: 'penguins.csv' }, {});
  const proposed = proposeSpec(dataset.info, 'species', { seed: 7 });
  const spec = change({ ...proposed, evaluation: { resamples: 100 } });
  return createRun(db, { datasetId: dataset.id, datasetVersion: 1, spec });
}

function withEpochs(epochs: number): (spec: Spec) => Spec {
  return (spec) => ({
    ...spec,
    candidates: spec.candidates.map((candidate) =>
      candidate.model === 'mlp'
        ? { ...candidate, parameters: { ...candidate.parameters, epochs, patience: epochs } }
        : candidate,
    ),
  });
}

const choiceNow = (choice: BackendChoice) => (choice === 'auto' ? 'wasm' : choice);

/** Executes as the train worker does; `onEvent` sees what a page would. */
function execute(
  db: TerrariumDatabase,
  runId: string,
  jobs: JobQueue,
  options: Partial<Execution> = {},
) {
  const execution = { createEngine: nodeEngine, onEvent: () => {}, commit: null, ...options };
  return jobs.run(runId, (job) => executeRun(db, runId, job, execution));
}

describe('executing a stored run', () => {
  it('stores record, card and models that predict', async () => {
    const db = await openTab();
    const { id } = await penguinRun(db, withEpochs(15));
    const seen: RunEvent['type'][] = [];
    await execute(db, id, new JobQueue(), { onEvent: ({ type }) => seen.push(type) });

    const run = await getRun(db, id);
    expect(run).toMatchObject({ status: 'finished', record: { id, status: 'finished' } });
    expect(run.card).toContain('# penguins: species');
    expect(Object.keys(run.models ?? {})).toEqual(run.spec.candidates.map(({ name }) => name));
    expect(seen.at(0)).toBe('started');
    expect(seen.at(-1)).toBe('finished');

    const engine = await nodeEngine();
    const models = new ModelLoader((bytes) => engine.openModel(bytes));
    const { contract, session } = await models.load(db, id);
    const record = {
      island: 'Biscoe',
      bill_length_mm: '47.5',
      bill_depth_mm: '15.0',
      flipper_length_mm: '218',
      body_mass_g: '5000',
      sex: '',
    };
    expect(await predictRecords(session, contract, [record])).toMatchObject([{ label: 'Gentoo' }]);
    expect((await models.load(db, id)).session).toBe(session);
    const baseline = await models.load(db, id, run.spec.candidates[0]?.name);
    expect(await predictRecords(baseline.session, contract, [record])).toMatchObject([
      { label: 'Adelie' },
    ]);
  });

  it('that is cancelled in the middle is cancelled, and nothing of it is stored', async () => {
    const db = await openTab();
    const { id } = await penguinRun(db, withEpochs(10_000));
    const jobs = new JobQueue();
    const training = execute(db, id, jobs, {
      onEvent: (event) => {
        if (event.type === 'epoch' && event.epochs === 10_000) jobs.cancel(id);
      },
    });
    await expect(training).rejects.toMatchObject({ kind: 'cancelled' });
    expect((await getRun(db, id)).status).toBe('cancelled');
    expect((await getRun(db, id)).record).toBeUndefined();
    expect(await db.blobs.count()).toBe(1);
  });

  it('on personal data that nobody decided on fails by that sentence, and trains nothing', async () => {
    const db = await openTab();
    const lines = Array.from({ length: 60 }, (_, row) => `user${row % 3}@example.org,${row % 2}`);
    const file = new Blob([`mail,y\n${lines.join('\n')}\n`]);
    const { dataset } = await importFile(db, { file, name: 'mails.csv' }, {});
    const spec = proposeSpec(dataset.info, 'y', { seed: 7 });
    const { id } = await createRun(db, { datasetId: dataset.id, datasetVersion: 1, spec });
    const seen: RunEvent['type'][] = [];
    const refused = execute(db, id, new JobQueue(), { onEvent: ({ type }) => seen.push(type) });
    await expect(refused).rejects.toMatchObject({ code: 'personal_undecided' });
    const error = { code: 'personal_undecided', details: { columns: ['mail'] } };
    expect(await getRun(db, id)).toMatchObject({ status: 'failed', error });
    expect(seen).toEqual([]);
  });

  it('that lost its GPU is interrupted, and goes on to the weights of one left alone', async () => {
    const db = await openTab();
    const [run, alone] = [
      await penguinRun(db, withEpochs(40)),
      await penguinRun(db, withEpochs(40)),
    ];
    const lost = runError(DEVICE_LOST, 'The graphics card was lost.');
    const losing = execute(db, run.id, new JobQueue(), {
      onEvent: ({ type }) => {
        if (type === 'candidate') throw lost;
      },
    });
    await expect(losing).rejects.toBe(lost);
    expect(await getRun(db, run.id)).toMatchObject({ status: 'interrupted', error: lost.toData() });
    expect(await db.checkpoints.count()).toBe(2);

    await queueAgain(db, run.id);
    const events: RunEvent[] = [];
    await execute(db, run.id, new JobQueue(), { onEvent: (event) => events.push(event) });
    await execute(db, alone.id, new JobQueue());
    const [resumed, whole] = [await getRun(db, run.id), await getRun(db, alone.id)];
    expect(resumed.models).toEqual(whole.models);
    expect(resumed.record?.resumed).toHaveLength(1);
    const trained = events.filter((event) => event.type === 'stage' && event.stage === 'train');
    expect(trained).toHaveLength(run.spec.candidates.length - 1);
    expect(await db.checkpoints.count()).toBe(0);
  });

  it('that a person pauses waits, and says so in storage', async () => {
    const db = await openTab();
    const { id } = await penguinRun(db, withEpochs(10_000));
    const jobs = new JobQueue();
    let isFirst = true;
    const training = execute(db, id, jobs, {
      onEvent: ({ type }) => {
        if (type === 'epoch' && isFirst) jobs.pause(id);
        isFirst &&= type !== 'epoch';
      },
    });
    await expect.poll(async () => (await getRun(db, id)).status).toBe('paused');
    expect(await reclaimInterrupted(db)).toEqual([]);
    jobs.goOn(id);
    await expect.poll(async () => (await getRun(db, id)).status).toBe('running');
    jobs.cancel(id);
    await expect(training).rejects.toMatchObject({ kind: 'cancelled' });
  });

  it('that is cancelled while it waits never begins', async () => {
    const db = await openTab();
    const [first, second] = [await penguinRun(db, withEpochs(10_000)), await penguinRun(db)];
    const jobs = new JobQueue();
    const begun = vi.fn();
    const training = execute(db, first.id, jobs);
    const waiting = execute(db, second.id, jobs, { onEvent: begun });
    await expect.poll(async () => (await getRun(db, first.id)).status).toBe('running');
    expect((await getRun(db, second.id)).status).toBe('queued');
    jobs.cancel(second.id);
    await expect(waiting).rejects.toMatchObject({ kind: 'cancelled' });
    expect((await getRun(db, second.id)).status).toBe('cancelled');
    expect((await getRun(db, first.id)).status).toBe('running');
    expect(begun).not.toHaveBeenCalled();
    jobs.cancel(first.id);
    await expect(training).rejects.toMatchObject({ kind: 'cancelled' });
  });

  it('waits for one of another worker, also where there are no Web Locks', async () => {
    const db = await openTab();
    const [first, second] = [await penguinRun(db, withEpochs(10_000)), await penguinRun(db)];
    const jobs = new JobQueue();
    const others = new JobQueue();
    const training = execute(db, first.id, jobs);
    await expect.poll(async () => (await getRun(db, first.id)).status).toBe('running');
    const begun = vi.fn();
    const waiting = execute(db, second.id, others, { onEvent: begun });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await getRun(db, second.id)).status).toBe('queued');
    others.cancel(second.id);
    await expect(waiting).rejects.toMatchObject({ kind: 'cancelled' });
    expect(begun).not.toHaveBeenCalled();
    jobs.cancel(first.id);
    await expect(training).rejects.toMatchObject({ kind: 'cancelled' });
    expect(await db.heartbeats.count()).toBe(0);
  });

  it('that cannot work is failed and says why', async () => {
    const db = await openTab();
    const { id } = await penguinRun(db, (spec) => ({ ...spec, target: 'colour' }));
    await expect(execute(db, id, new JobQueue())).rejects.toThrow('colour');
    const { status, error } = await getRun(db, id);
    expect(status).toBe('failed');
    expect(error?.message).toContain('colour');
  });

  it('without a backend is failed and says why', async () => {
    const db = await openTab();
    const { id } = await penguinRun(db);
    const gone = runError('backend_unavailable', 'The backend webgpu does not run here.');
    const createEngine = () => Promise.reject(gone);
    await expect(execute(db, id, new JobQueue(), { createEngine })).rejects.toBe(gone);
    expect(await getRun(db, id)).toMatchObject({ status: 'failed', error: gone.toData() });
  });

  it('that has begun keeps what was done where its backend does not start any more', async () => {
    const db = await openTab();
    const { id } = await penguinRun(db, withEpochs(2));
    const lost = runError(DEVICE_LOST, 'The graphics card was lost.');
    const losing = execute(db, id, new JobQueue(), {
      onEvent: ({ type }) => {
        if (type === 'candidate') throw lost;
      },
    });
    await expect(losing).rejects.toBe(lost);
    await queueAgain(db, id);
    const gone = runError('backend_unavailable', 'The backend webgpu does not run here.');
    const createEngine = () => Promise.reject(gone);
    await expect(execute(db, id, new JobQueue(), { createEngine })).rejects.toMatchObject({
      ...{ code: gone.code, message: gone.message },
    });
    const { status, error } = await getRun(db, id);
    expect([status, error?.message]).toEqual(['interrupted', gone.message]);
    expect(error?.hint).toContain('resume it once that is back');
    expect(await db.checkpoints.count()).toBe(2);

    await queueAgain(db, id);
    expect((await getRun(db, id)).error, 'of the sitting before').toBeUndefined();
    await execute(db, id, new JobQueue());
    expect((await getRun(db, id)).record?.resumed).toHaveLength(1);
  });

  it('for which auto chose goes on with what was chosen then, whatever would be now', async () => {
    const db = await openTab();
    const [run, alone] = [
      await penguinRun(db, withEpochs(6)),
      await penguinRun(db, (spec) => withEpochs(6)({ ...spec, backend: 'cpu' })),
    ];
    expect(run.spec.backend).toBe('auto');
    const reason = 'timed: cpu 1.00 ms a step, wasm 9.00 ms a step';
    const asked: BackendChoice[] = [];
    const createEngine = async (choice: BackendChoice) => {
      asked.push(choice);
      // The second time auto would choose wasm.
      const engine = await createNodeEngine(asked.length === 1 ? 'cpu' : choiceNow(choice));
      return { ...engine, backend: { ...engine.backend, reason: `${reason} (${asked.length})` } };
    };
    const lost = runError(DEVICE_LOST, 'The graphics card was lost.');
    const losing = execute(db, run.id, new JobQueue(), {
      createEngine,
      onEvent: ({ type }) => {
        if (type === 'epoch') throw lost;
      },
    });
    await expect(losing).rejects.toBe(lost);
    await queueAgain(db, run.id);
    await execute(db, run.id, new JobQueue(), { createEngine });
    await execute(db, alone.id, new JobQueue(), { createEngine });
    expect(asked).toEqual(['auto', 'cpu', 'cpu']);
    const [{ record, models }, whole] = [await getRun(db, run.id), await getRun(db, alone.id)];
    expect(record?.environment).toMatchObject({
      ...{ requestedBackend: 'auto', backend: 'cpu', backendReason: `${reason} (1)` },
    });
    expect(record?.resumed).toHaveLength(1);
    expect(record?.warnings.filter((warning) => warning.includes('not used'))).toEqual([]);
    expect(models).toEqual(whole.models);
  });

  it('whose result finds no room keeps what was done, and is saved once there is some', async () => {
    const db = await openTab();
    const { id, spec } = await penguinRun(db, withEpochs(2));
    fillUp(1);
    await expect(execute(db, id, new JobQueue())).rejects.toMatchObject({ code: 'storage_full' });
    const run = await getRun(db, id);
    expect(run).toMatchObject({ status: 'interrupted', error: { code: 'storage_full' } });
    expect(run.record).toBeUndefined();
    expect(await db.blobs.count()).toBe(1);

    vi.restoreAllMocks();
    await queueAgain(db, id);
    const seen: RunEvent['type'][] = [];
    await execute(db, id, new JobQueue(), { onEvent: ({ type }) => seen.push(type) });
    expect(await getRun(db, id)).toMatchObject({
      status: 'finished',
      record: { status: 'finished' },
    });
    expect(seen).not.toContain('stage');
    expect(seen.filter((type) => type === 'candidate')).toHaveLength(spec.candidates.length);
  });

  it('that another worker has is left to it', async () => {
    const db = await openTab();
    const { id } = await penguinRun(db);
    await markRunning(db, id);
    await expect(execute(db, id, new JobQueue())).rejects.toMatchObject({ code: 'run_not_queued' });
    expect((await getRun(db, id)).status).toBe('running');
  });
});
