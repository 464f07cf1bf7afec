import { beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '#core/data/table.ts';
import type { Engine } from '#core/engine.ts';
import { DEVICE_LOST, runError } from '#core/errors.ts';
import type { Trainer } from '#core/models/estimator.ts';
import { PauseGate } from '#core/pause-gate.ts';
import { runExperiment, type RunOutcome, type RunRequest } from '#core/run-experiment.ts';
import type { RunEvent } from '#core/run-events.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { MemoryCheckpoints } from '../../support/checkpoints.ts';
import { readText } from '../../support/csv.ts';
import { nodeEngine, noise, tableOf } from '../../support/experiment.ts';

const csv = tableOf(90, {
  length: (row) => (3 * noise(row) + (row % 3)).toFixed(3),
  width: (row) => (2 * noise(row, 1) - (row % 3)).toFixed(3),
  kind: (row) => ['a', 'b', 'c'][row % 3] ?? '',
});
const candidates = [
  { name: 'baseline', model: 'majority', parameters: {} },
  { name: 'forest', model: 'random_forest', parameters: { n_estimators: 12 } },
  {
    name: 'network',
    model: 'mlp',
    parameters: { epochs: 12, patience: 12, hidden_units: [8], batch_size: 8 },
  },
];

let dataset: Dataset;
let spec: Spec;
let alone: RunOutcome;

/** Runs until its end, or until the store has been written to so many times. */
async function sit(
  store: MemoryCheckpoints,
  writes = Infinity,
  change: Partial<RunRequest> = {},
): Promise<RunOutcome | 'interrupted'> {
  const controller = new AbortController();
  store.onKeep = () => {
    writes -= 1;
    if (writes < 0) controller.abort();
  };
  const request = { spec, dataset, engine: await nodeEngine(), id: 'run', commit: null };
  const { signal } = controller;
  const given = { ...request, signal, onEvent: () => undefined, checkpoints: store, ...change };
  try {
    return await runExperiment(given);
  } catch (thrown) {
    if (signal.aborted) return 'interrupted';
    throw thrown;
  }
}

async function engineOf(change: Partial<Engine>): Promise<Engine> {
  return { ...(await nodeEngine()), ...change };
}

async function sitToTheEnd(store: MemoryCheckpoints, change?: Partial<RunRequest>) {
  const outcome = await sit(store, Infinity, change);
  if (outcome === 'interrupted') throw new Error('nothing interrupts a run to its end');
  return outcome;
}

function hashes({ record, models }: RunOutcome) {
  return {
    models: [...models.keys()],
    candidates: record.candidates.map(
      ({ name, weightsSha256, onnx, metrics, crossValidation, history }) => ({
        name,
        weightsSha256,
        onnx,
        metrics,
        crossValidation,
        history,
      }),
    ),
  };
}

beforeAll(async () => {
  dataset = await readText(csv);
  const proposed = proposeSpec(dataset.info, 'kind', { seed: 7 });
  const split = { ...proposed.split, folds: 2 };
  spec = { ...proposed, split, candidates, evaluation: { resamples: 100 } };
  alone = await sitToTheEnd(new MemoryCheckpoints(Infinity));
});

describe('a run that is interrupted', () => {
  it(
    'ends with the weights of one left alone, wherever it was interrupted',
    { timeout: 60_000 },
    async () => {
      for (const writes of [3, 16]) {
        const store = new MemoryCheckpoints();
        let sittings = 1;
        let outcome = await sit(store, writes);
        while (outcome === 'interrupted') {
          sittings += 1;
          outcome = await sit(store, writes + 4 * sittings);
        }
        expect(hashes(outcome), `${writes} writes`).toEqual(hashes(alone));
        expect(outcome.record.resumed ?? []).toHaveLength(sittings - 1);
      }
    },
  );

  it('takes what was done as it is, and does no candidate twice', async () => {
    const store = new MemoryCheckpoints(Infinity);
    await sitToTheEnd(store);
    const events: RunEvent[] = [];
    const again = await sitToTheEnd(store, { onEvent: (event) => events.push(event) });
    expect(hashes(again)).toEqual(hashes(alone));
    expect(events.some(({ type }) => type === 'epoch')).toBe(false);
    expect(events.filter(({ type }) => type === 'candidate')).toHaveLength(candidates.length);
  });

  it('counts the work of all sittings, and keeps when it began', async () => {
    const store = new MemoryCheckpoints();
    await sit(store, 4);
    const first = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const { record } = await sitToTheEnd(store);
    expect(Date.parse(record.createdAt)).toBeLessThanOrEqual(first);
    const spanMs = Date.parse(record.finishedAt) - Date.parse(record.createdAt);
    expect(record.workedMs).toBeLessThan(spanMs - 250);
    expect(record.workedMs).toBeGreaterThan(0);
  });

  it('throws damaged checkpoints away, begins these parts anew, and says so', async () => {
    const store = new MemoryCheckpoints();
    await sit(store, 14);
    for (const [name, bytes] of store.kept) {
      if (name !== 'run') store.kept.set(name, bytes.subarray(0, bytes.length - 1));
    }
    const damaged = store.kept.size - 1;
    expect(damaged).toBeGreaterThan(1);
    const outcome = await sitToTheEnd(store);
    expect(hashes(outcome)).toEqual(hashes(alone));
    const said = outcome.record.warnings.filter((warning) => warning.includes('is damaged'));
    expect(said).toHaveLength(damaged);
    expect(said[0]).toBe(
      'What was kept of baseline was not used, since it is damaged: it began anew.',
    );
  });

  it('begins a training anew whose trainer fails with the checkpoint, and says so', async () => {
    const store = new MemoryCheckpoints();
    const network = (): boolean => store.kept.has('whole:network');
    for (let writes = 1; !network(); writes += 1) await sit(store, writes);
    const engine = await nodeEngine();
    const { mlp } = engine.trainers;
    const strict: Trainer = (input) => {
      if ((input.checkpoints?.last ?? null) !== null)
        throw new RangeError('there is no such tensor');
      if (mlp === undefined) throw new Error('there is no network');
      return mlp(input);
    };
    const outcome = await sitToTheEnd(store, { engine: { ...engine, trainers: { mlp: strict } } });
    expect(hashes(outcome)).toEqual(hashes(alone));
    expect(outcome.record.warnings).toContain(
      'What was kept of network was not used, since it did not train on: RangeError: there is no such tensor: it began anew.',
    );
  });

  it.each<readonly [string, () => Promise<Partial<RunRequest>>]>([
    ['spec', () => Promise.resolve({ spec: { ...spec, seed: 8 } })],
    [
      'data',
      async () => {
        const other = await readText(`${csv}1,1,a\n`);
        const data = { ...spec.data, sha256: other.info.sha256 };
        return { dataset: other, spec: { ...spec, data } };
      },
    ],
    [
      'backend',
      async () => ({
        engine: await engineOf({ backend: { name: 'cpu', adapter: null, reason: '' } }),
      }),
    ],
    [
      'adapter',
      async () => ({
        engine: await engineOf({ backend: { name: 'wasm', adapter: 'another', reason: '' } }),
      }),
    ],
    [
      'version',
      async () => ({ engine: await engineOf({ versions: { tfjs: '0', onnxruntime: '0' } }) }),
    ],
    ['commit', () => Promise.resolve({ commit: 'another' })],
  ])('takes nothing from another %s, and says so once', async (_, change) => {
    const store = new MemoryCheckpoints();
    await sit(store, 14);
    const { record } = await sitToTheEnd(store, await change());
    expect(record.resumed).toBeUndefined();
    expect(record.warnings.filter((warning) => warning.includes('was not used'))).toEqual([
      'What was kept of the run was not used, since it belongs to another spec, data, backend or version: it began anew.',
    ]);
  });

  it('mixes nothing of two backends, also where it is interrupted on the second', async () => {
    const { mlp } = (await nodeEngine()).trainers;
    // Other bits, as another backend has them.
    const otherwise: Trainer = (input) => {
      if (mlp === undefined) throw new Error('there is no network');
      return mlp({ ...input, random: input.random.fork('otherwise') });
    };
    const engine = await engineOf({
      backend: { name: 'webgpu', adapter: 'a card', reason: '' },
      trainers: { mlp: otherwise },
    });
    const store = new MemoryCheckpoints();
    await sit(store, 20);
    const first = new Map(store.kept);
    expect(await sit(store, 2, { engine })).toBe('interrupted');
    const foreign = [...store.kept].filter(([name, bytes]) => first.get(name) === bytes);
    expect(foreign.length).toBeGreaterThan(1);
    const outcome = await sitToTheEnd(store, { engine });
    const whole = await sitToTheEnd(new MemoryCheckpoints(Infinity), { engine });
    expect(hashes(outcome)).toEqual(hashes(whole));
    expect(hashes(outcome)).not.toEqual(hashes(alone));
    const said = outcome.record.warnings.filter((warning) => warning.includes('was not used'));
    expect(said).toHaveLength(foreign.length);
    for (const warning of said) expect(warning).toContain('it belongs to another spec');
  });

  it('that loses its GPU in any of its trainings, those of folds too, goes on to the same weights', async () => {
    const { mlp } = (await nodeEngine()).trainers;
    for (const nth of [1, 2, 3]) {
      const store = new MemoryCheckpoints();
      let trainings = 0;
      const losing: Trainer = async function* (input) {
        trainings += 1;
        const isLost = trainings === nth;
        const training = mlp?.(input);
        if (training === undefined) throw new Error('there is no network');
        try {
          for (;;) {
            const step = await training.next();
            if (step.done === true) return step.value;
            yield step.value;
            if (isLost && step.value.epoch === 5) throw runError(DEVICE_LOST, 'Lost.');
          }
        } finally {
          await training.return(undefined as never);
        }
      };
      const engine = await engineOf({ trainers: { mlp: losing } });
      const lost = sit(store, Infinity, { engine });
      await expect(lost, `training ${nth}`).rejects.toMatchObject({ code: DEVICE_LOST });
      const outcome = await sitToTheEnd(store);
      expect(hashes(outcome), `training ${nth}`).toEqual(hashes(alone));
      const fold = nth === 1 ? {} : { fold: nth - 1 };
      expect(outcome.record.resumed).toEqual([
        expect.objectContaining({ candidate: 'network', epoch: 4, ...fold }),
      ]);
    }
  });

  it('goes on without checkpoints where there is no room for them, and says so once', async () => {
    const store = new MemoryCheckpoints();
    const keep = () => Promise.reject(new Error('the disk is full'));
    const checkpoints = { everyMs: 0, load: (name: string) => store.load(name), keep };
    const outcome = await sitToTheEnd(store, { checkpoints });
    expect(hashes(outcome)).toEqual(hashes(alone));
    const said = outcome.record.warnings.filter((warning) => warning.includes('disk is full'));
    expect(said).toHaveLength(1);
  });
});

describe('a run that a person pauses', () => {
  it('waits, with its clock, until it may go on, and ends with the same weights', async () => {
    const gate = new PauseGate();
    const seen: RunEvent['type'][] = [];
    const onEvent = ({ type }: RunEvent): void => {
      seen.push(type);
      if (type === 'epoch' && !seen.includes('paused')) gate.close();
      if (type === 'paused') setTimeout(() => gate.open(), 400);
    };
    const outcome = await sitToTheEnd(new MemoryCheckpoints(1e6), { gate, onEvent });
    expect(hashes(outcome)).toEqual(hashes(alone));
    const paused = seen.indexOf('paused');
    expect(seen[paused + 1]).toBe('unpaused');
    const { createdAt, finishedAt, workedMs } = outcome.record;
    expect(workedMs).toBeLessThan(Date.parse(finishedAt) - Date.parse(createdAt) - 350);
    expect(outcome.record.resumed).toBeUndefined();
  });

  it('can be cancelled while it waits', async () => {
    const gate = new PauseGate();
    const controller = new AbortController();
    const onEvent = ({ type }: RunEvent): void => {
      if (type === 'epoch') gate.close();
      if (type === 'paused') controller.abort();
    };
    const store = new MemoryCheckpoints();
    const run = sit(store, Infinity, { gate, onEvent, signal: controller.signal });
    await expect(run).rejects.toMatchObject({ kind: 'cancelled' });
  });
});
