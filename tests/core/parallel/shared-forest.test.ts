import { describe, expect, it } from 'vitest';
import type { TrainedModel, Training } from '#core/models/estimator.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import { ONE_THREAD, type Threads } from '#core/parallel/threads.ts';
import { RandomStream } from '#core/random.ts';
import { weightsSha256 } from '#core/run/weights-hash.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { eagerThreads } from '../../support/eager-threads.ts';
import { drawTraining } from '../../support/training-data.ts';

const trees = 20;

function start(name: string, task: 'classification' | 'regression', threads: Threads) {
  const estimator = estimatorNamed(name);
  if (estimator.train === undefined) throw new Error(`${name} has no trainer`);
  const abort = new AbortController();
  const train = drawTraining(task, { seed: 3, rows: 300 });
  const parameters = resolveParameters(estimator.parameters, { n_estimators: trees }, name);
  const common = { parameters, random: new RandomStream(5), signal: abort.signal, threads };
  return { training: estimator.train({ train, validation: train, ...common }), abort };
}

async function modelOf(training: Training): Promise<TrainedModel> {
  for (;;) {
    const step = await training.next();
    if (step.done === true) return step.value;
  }
}

describe.each([
  ['random_forest', 'classification', 3],
  ['random_forest', 'regression', 2],
  ['extra_trees', 'classification', 2],
] as const)('%s, %s', (name, task, count) => {
  it(`has the same bits where ${count} threads grow it, and ends them`, async () => {
    const alone = await modelOf(start(name, task, ONE_THREAD).training);
    const threads = eagerThreads(count);
    const { training } = start(name, task, threads);
    await training.next();
    // While nobody asks for the second tree, the others grow it and all that follow.
    await threads.heard(count - 1 + trees - 1);
    const { weights } = await modelOf(training);
    expect(await weightsSha256(weights)).toBe(await weightsSha256(alone.weights));
    expect(threads.running()).toBe(0);
  });
});

it('ends the threads of a forest that is cancelled', async () => {
  const threads = eagerThreads(2);
  const { training, abort } = start('random_forest', 'regression', threads);
  await training.next();
  await training.next();
  abort.abort();
  await expect(modelOf(training)).rejects.toThrow(expect.objectContaining({ kind: 'cancelled' }));
  expect(threads.running()).toBe(0);
});

it('fails by a sentence where a thread is gone that had begun', async () => {
  const { training } = start('random_forest', 'regression', goneAfterTaking());
  await expect(modelOf(training)).rejects.toThrow(
    'A thread that took part in training is gone: it ended by itself.',
  );
});

it('goes on by itself where a thread could not start', async () => {
  const neverThere: Threads = {
    ...ONE_THREAD,
    count: 2,
    worthMs: 0,
    start: (listener) => {
      queueMicrotask(() => listener.onLost('its code could not be loaded'));
      return { send: () => undefined, end: () => undefined };
    },
  };
  const { training } = start('random_forest', 'regression', neverThere);
  const { weights } = await modelOf(training);
  const alone = await modelOf(start('random_forest', 'regression', ONE_THREAD).training);
  expect(await weightsSha256(weights)).toBe(await weightsSha256(alone.weights));
});

/** A thread that takes the next tree, and is gone with it. */
function goneAfterTaking(): Threads {
  return {
    count: 2,
    worthMs: 0,
    start: (listener) => ({
      send: (order) => {
        Atomics.add((order as { next: Int32Array }).next, 0, 1);
        listener.onMessage({ kind: 'started' });
        setTimeout(() => listener.onLost('it ended by itself'), 50);
      },
      end: () => undefined,
    }),
  };
}
