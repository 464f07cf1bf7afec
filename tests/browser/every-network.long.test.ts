import { wrap, type Remote } from 'comlink';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { commands } from 'vitest/browser';
import type { BackendName } from '#core/engine.ts';
import { readPosition } from '#engine/networks/position.ts';
import { expectAlike } from '../support/expect-alike.ts';
import { smallNetworks, smallNetworksOn } from '../support/small-networks.ts';
import type { Ended, NetworkWorkerApi } from './network.worker.ts';

declare module 'vitest/browser' {
  interface BrowserCommands {
    networkBitsOnNode: () => Promise<string>;
  }
}

/** Shaders are compiled anew in each worker. */
vi.setConfig({ testTimeout: 600_000 });

const workers: Worker[] = [];

function startWorker(): Remote<NetworkWorkerApi> {
  const worker = new Worker(new URL('./network.worker.ts', import.meta.url), { type: 'module' });
  workers.push(worker);
  return wrap<NetworkWorkerApi>(worker);
}

function endWorkers(): void {
  for (const worker of workers.splice(0)) worker.terminate();
}

/** One of each estimator. */
const firsts = [
  ...new Map(smallNetworks.toReversed().map((one) => [one.estimator, one.title])).values(),
];
const backends: readonly BackendName[] = ['webgpu', 'wasm', 'cpu'];

/** What a training may leave behind. */
const nothing = { tensors: 0, buffers: 0 };

/** Hashes of weights, by network and backend. */
type Bits = Readonly<Record<string, Readonly<Partial<Record<BackendName, string>>>>>;

const wholes = new Map<string, Promise<Ended>>();

/** A training from its beginning to its end, which many are held against: the first that was asked for. */
function wholeOf(
  worker: Remote<NetworkWorkerApi>,
  backend: BackendName,
  title: string,
): Promise<Ended> {
  const key = `${backend}, ${title}`;
  const whole = wholes.get(key) ?? worker.train(backend, title);
  wholes.set(key, whole);
  return whole;
}

let asked: Promise<string> | undefined;

/** Of another process, which has no GPU. */
async function bitsOnNode(): Promise<Bits> {
  asked ??= commands.networkBitsOnNode();
  return JSON.parse(await asked) as Bits;
}

describe.each(backends)('on %s', (backend) => {
  let worker: Remote<NetworkWorkerApi>;
  let other: Remote<NetworkWorkerApi>;
  beforeAll(() => {
    [worker, other] = [startWorker(), startWorker()];
  });
  afterAll(endWorkers);

  it.each(smallNetworksOn(backend).map(({ title }) => title))(
    'a network trains to the same bits again, in another worker, and from the middle of an epoch: %s',
    async (title) => {
      const whole = await wholeOf(worker, backend, title);
      expect(whole.bits).toMatch(/^[0-9a-f]{64}$/);
      const there = await other.train(backend, title);
      expect(there.bits).toBe(whole.bits);
      expect(there.curve).toEqual(whole.curve);

      expect(readPosition(whole.middle?.position).batch).toBeGreaterThan(0);
      const rest = await other.train(backend, title, whole.middle);
      expect(rest.bits).toBe(whole.bits);
      expect(rest.curve).toEqual(whole.curve);

      if (backend === 'webgpu') {
        const hundred = await worker.trainHundred(backend, title);
        expect(hundred.curve.slice(0, whole.curve.length)).toEqual(whole.curve);
        expectAlike(hundred, await other.trainHundred('wasm', title));
      } else {
        expect((await worker.train(backend, title)).bits).toBe(whole.bits);
        expect((await bitsOnNode())[title]?.[backend]).toBe(whole.bits);
      }
    },
  );

  it.each(firsts)(
    'a network beyond its budget is refused before anything is taken: %s',
    async (title) => {
      const before = (await worker.asked()).buffers;
      const { failure, ...left } = await worker.fail(backend, title, {
        parameters: { max_memory_mb: 0.001 },
      });
      expect(failure).toMatchObject({
        code: 'memory_budget',
        message: expect.stringContaining('needs at least') as string,
      });
      expect(left).toEqual({ kept: null, ...nothing });
      expect((await worker.asked()).buffers).toBe(before);
      // What it is refused for it would have taken.
      const { memory } = await wholeOf(worker, backend, title);
      expect(memory?.peakBytes).toBeGreaterThanOrEqual(Number(failure.details?.['bytes']));
    },
  );

  it.each(firsts)(
    'a network that is cancelled, whose checkpoint cannot be kept, or whose loss is no number leaves nothing behind: %s',
    async (title) => {
      const cancelled = await worker.fail(backend, title, { breaks: 'cancelled' });
      expect(cancelled).toMatchObject({ failure: { kind: 'cancelled' }, ...nothing });
      const unkept = await worker.fail(backend, title, { breaks: 'unkept' });
      expect(unkept).toMatchObject({
        failure: { message: expect.stringContaining('There is no room for it.') as string },
        ...nothing,
      });
      const { kept } = cancelled;
      if (kept === null) throw new Error('nothing was kept');
      const tensors = kept.tensors.map((one) => ({ ...one, values: one.values.map(() => NaN) }));
      const spoilt = await worker.fail(backend, title, { last: { ...kept, tensors } });
      expect(spoilt).toMatchObject({ failure: { code: 'diverged' }, ...nothing });
    },
  );

  it('no shader adds or stores atomically', async () => {
    expect((await worker.asked()).atomics).toEqual([]);
    expect((await other.asked()).atomics).toEqual([]);
  });
});

describe('on a GPU that fails', () => {
  let other: Remote<NetworkWorkerApi>;
  beforeAll(() => {
    other = startWorker();
  });
  afterAll(endWorkers);

  it.each(firsts)(
    'a network that loses its device goes on in another worker to the same bits: %s',
    async (title) => {
      const lost = await startWorker().fail('webgpu', title, { breaks: 'lost' });
      const { failure, kept } = lost;
      expect(lost).toMatchObject({ failure: { code: 'gpu_lost', kind: 'run' }, ...nothing });
      expect(failure.message).toContain('The GPU stopped answering');
      expect(kept).not.toBeNull();
      const { bits } = await wholeOf(other, 'webgpu', title);
      expect((await other.train('webgpu', title, kept)).bits).toBe(bits);
    },
  );

  it.each(firsts)(
    'a network that the device had no memory for fails, and not the next one: %s',
    async (title) => {
      const full = await other.fail('webgpu', title, { breaks: 'memory' });
      expect(full).toMatchObject({
        failure: {
          code: 'gpu_memory',
          message: 'The GPU has too little memory left for this network.',
        },
        ...nothing,
      });
      const { bits } = await wholeOf(other, 'webgpu', title);
      expect((await other.train('webgpu', title)).bits).toBe(bits);
    },
  );
});
