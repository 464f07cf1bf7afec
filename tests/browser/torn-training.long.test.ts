import { proxy, wrap } from 'comlink';
import { expect, it, vi } from 'vitest';
import type { Checkpoint } from '#core/checkpoints/checkpoint.ts';
import { RandomStream } from '#core/random.ts';
import { readPosition } from '#engine/networks/position.ts';
import type { Ended, NetworkWorkerApi } from './network.worker.ts';

/** Shaders are compiled anew in each worker. */
vi.setConfig({ testTimeout: 600_000 });

const random = new RandomStream(Date.now() % 2 ** 31);

interface Sat {
  /** Null where its worker ended first. */
  readonly ended: Ended | null;
  /** What it goes on from. */
  readonly kept: Checkpoint | null;
}

/** Trains in a worker of its own, which ends when so many checkpoints were kept, or some milliseconds later. */
async function sit(
  title: string,
  last: Checkpoint | null,
  keeps = Infinity,
  laterMs: number | null = null,
): Promise<Sat> {
  const worker = new Worker(new URL('./network.worker.ts', import.meta.url), { type: 'module' });
  let [kept, count] = [last, 0];
  const ended = await new Promise<Ended | null>((resolve, reject) => {
    const onKeep = (checkpoint: Checkpoint): void => {
      kept = checkpoint;
      count += 1;
      if (count !== keeps) return;
      const end = (): void => {
        worker.terminate();
        resolve(null);
      };
      // It waits for this.
      if (laterMs === null) end();
      else setTimeout(end, laterMs);
    };
    const { trainOver } = wrap<NetworkWorkerApi>(worker);
    trainOver('webgpu', title, last, proxy(onKeep)).then(resolve, reject);
  });
  worker.terminate();
  return { ended, kept };
}

/** In few dispatches and layer by layer. */
it.each([
  'mlp, classification',
  'mlp, dropped, by momentum',
  'cnn, normalized',
  'cnn, changed by chance',
])(
  'a training on WebGPU whose worker is ended again and again, each time somewhere after its first checkpoints, ends in the bits of one left alone: %s',
  async (title) => {
    const { ended: whole } = await sit(title, null);
    let { ended, kept }: Sat = { ended: null, kept: null };
    const places: string[] = [];
    for (let sittings = 0; ended === null; sittings += 1) {
      if (kept !== null) {
        const { epoch, batch } = readPosition(kept.position);
        places.push(`${epoch}/${batch}`);
      }
      // The first two come nowhere near the end.
      const isLater = sittings >= 2 && random.uniform() < 0.5;
      const laterMs = isLater ? 20 * random.uniform() : null;
      ({ ended, kept } = await sit(title, kept, 1 + random.integer(2), laterMs));
    }
    console.log(`${title}: went on from ${places.join(', ')} (epoch/batch)`);
    // A training that went on was torn itself.
    expect(new Set(places).size).toBeGreaterThan(1);
    expect(ended.bits).toBe(whole?.bits);
    expect(ended.curve).toEqual(whole?.curve);
  },
);
