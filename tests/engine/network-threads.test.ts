import { describe, expect, it } from 'vitest';
import { cnn } from '#core/models/networks/cnn.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import { firstWeights } from '#core/networks/place-layers.ts';
import { trainingOf } from '#core/networks/training.ts';
import type { Threads } from '#core/parallel/threads.ts';
import { RandomStream } from '#core/random.ts';
import { weightsSha256 } from '#core/run/weights-hash.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { threadsWorth } from '#engine/networks/kernels/worth-threads.ts';
import type { NetworkStart } from '#engine/networks/network.ts';
import { nodeThreads } from '#engine/node-threads.ts';
import { drawFor } from '../support/draw-for.ts';
import { eagerThreads } from '../support/eager-threads.ts';
import { lending } from '../support/lending.ts';
import { networkTitled, trainSmall } from '../support/small-networks.ts';

const images = networkTitled('cnn, classification');

describe('a network that trains on several threads', () => {
  it('fails by a sentence where one of them fails', async () => {
    const lent = nodeThreads(2);
    let wake = (): void => undefined;
    const lost = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const threads: Threads = {
      count: 2,
      worthMs: 0,
      start(listener) {
        const thread = lent.start({
          ...listener,
          onLost: (reason) => {
            listener.onLost(reason);
            wake();
          },
        });
        // There is no board so far out.
        const send = (order: object): void => thread.send({ ...order, board: 2 ** 31 });
        return { end: () => thread.end(), send: (order) => send(order as object) };
      },
    };
    await expect(
      trainSmall('wasm', images, { threads, mayGoOn: () => lost }),
    ).rejects.toMatchObject({
      code: 'thread_lost',
      message: expect.stringMatching(
        /^A thread that took part in training is gone: .+\.$/,
      ) as string,
    });
  });

  it('lets them go when it is cancelled', async () => {
    const threads = eagerThreads(3);
    const controller = new AbortController();
    const training = trainSmall('wasm', images, {
      threads,
      signal: controller.signal,
      mayGoOn: () => threads.heard(2),
      onKeep: () => controller.abort(),
    });
    await expect(training).rejects.toThrow();
    expect(threads.running()).toBe(0);
  });

  it('takes as much memory in a later training as in the first', async () => {
    const lent = lending(2);
    const peaks = new Set<number | undefined>();
    for (let training = 0; training < 6; training += 1) {
      const { model } = await lent((sitting) => trainSmall('wasm', images, sitting));
      peaks.add(model.cost?.memory.peakBytes);
      model.dispose();
    }
    expect(peaks.size).toBe(1);
  });

  it('does with one of them where its budget allows no room for more', async () => {
    const alone = await trainSmall('wasm', images);
    const bytes = alone.model.cost?.memory.peakBytes ?? NaN;
    const parameters = { ...images.parameters, max_memory_mb: bytes / 1e6 };
    const threads = eagerThreads(3);
    const { model } = await trainSmall('wasm', { ...images, parameters }, { threads });
    expect(await weightsSha256(model.weights)).toBe(await weightsSha256(alone.model.weights));
    expect(model.cost?.memory.peakBytes).toBe(bytes);
    expect(threads.running()).toBe(0);
  });
});

describe('threads are asked for', () => {
  const lent: Threads = { ...nodeThreads(2), worthMs: 300 };

  function start(
    estimator: typeof mlp,
    given: Readonly<Record<string, unknown>>,
    rows: number,
  ): NetworkStart {
    const parameters = resolveParameters(estimator.parameters, given, estimator.name);
    const train = drawFor(estimator, 'classification', { seed: 1, rows });
    const { task, outputs, features } = train;
    const { width, image } = features;
    const plan = estimator.network?.({ task, outputs, width, ...(image && { image }) }, parameters);
    if (plan === undefined) throw new RangeError(`${estimator.name} is no network`);
    const first = firstWeights(plan, new RandomStream(1));
    const settings = trainingOf(parameters);
    return { plan, settings, first, train, validation: train, seed: 1, threads: lent };
  }
  const count = (...given: Parameters<typeof start>): number => threadsWorth(start(...given)).count;

  it('where a layer has work for two in a step', () => {
    const many = { batch_size: 64, epochs: 200 };
    expect(count(mlp, { ...many, hidden_units: [64, 64] }, 4000)).toBe(1);
    expect(count(mlp, { ...many, hidden_units: [256, 256] }, 4000)).toBe(2);
    expect(count(cnn, { ...many, filters: [64, 64] }, 4000)).toBe(2);
  });

  it('where the training is not over before they have started', () => {
    const wide = { batch_size: 64, hidden_units: [256, 256] };
    expect(count(mlp, { ...wide, epochs: 2 }, 200)).toBe(1);
    expect(count(mlp, { ...wide, epochs: 2000, max_steps: 5 }, 4000)).toBe(1);
    expect(count(mlp, { ...wide, epochs: 2000 }, 4000)).toBe(2);
  });
});
