import { describe, expect, it } from 'vitest';
import { restingThreads } from '#core/parallel/resting-threads.ts';
import { startTreeMachine } from '#core/kernels/tree-kernels.ts';
import type { ThreadListener, Threads } from '#core/parallel/threads.ts';
import { eagerThreads } from '../../support/eager-threads.ts';

/** Threads that do nothing but hear; what each heard and said is in the test's hands. */
function puppets() {
  const started: { listener: ThreadListener; heard: unknown[]; isEnded: boolean }[] = [];
  const threads: Threads = {
    count: 3,
    worthMs: 5,
    start: (listener) => {
      const puppet = { listener, heard: [] as unknown[], isEnded: false };
      started.push(puppet);
      return {
        send: (message) => void puppet.heard.push(message),
        end: () => {
          puppet.isEnded = true;
        },
      };
    },
  };
  return { started, threads };
}

function listener() {
  const heard: unknown[] = [];
  const own: ThreadListener = {
    onMessage: (message) => void heard.push(message),
    onLost: (reason) => void heard.push(`lost: ${reason}`),
  };
  return { heard, own };
}

describe('threads that rest', () => {
  it('are as many, and worth as much, as those they are made of', () => {
    const { threads } = puppets();
    expect(restingThreads(threads)).toMatchObject({ count: 3, worthMs: 5 });
  });

  it('are lent again once they have said that they rest, and not before', () => {
    const { started, threads } = puppets();
    const kept = restingThreads(threads);
    const [first, second, third] = [listener(), listener(), listener()];
    const lent = kept.start(first.own);
    lent.send('one');
    started[0]?.listener.onMessage({ kind: 'started' });
    lent.rest?.();
    kept.start(second.own).send('two');
    expect(started).toHaveLength(2);
    started[0]?.listener.onMessage({ kind: 'rested' });
    kept.start(third.own).send('three');
    expect(started).toHaveLength(2);
    started[0]?.listener.onMessage('of the third');
    expect(started.map(({ heard }) => heard)).toEqual([['one', 'three'], ['two']]);
    expect([first, second, third].map(({ heard }) => heard)).toEqual([
      [{ kind: 'started' }],
      [],
      ['of the third'],
    ]);
  });

  it('are not lent again when they were ended, or are gone', () => {
    const { started, threads } = puppets();
    const kept = restingThreads(threads);
    const { heard, own } = listener();
    kept.start(own).end();
    expect(started[0]?.isEnded).toBe(true);
    kept.start(own).rest?.();
    started[1]?.listener.onMessage({ kind: 'rested' });
    started[1]?.listener.onLost('it was closed');
    expect(heard).toEqual([]);
    kept.start(own);
    expect(started).toHaveLength(3);
    started[2]?.listener.onLost('it crashed');
    expect(heard).toEqual(['lost: it crashed']);
  });

  it('take part in one training after another', { timeout: 60_000 }, async () => {
    const real = eagerThreads(2);
    const kept = restingThreads(real);
    for (let training = 1; training <= 4; training += 1) {
      const { memory, crew } = await startTreeMachine(kept);
      // What it says of this training, and at the end of the one before.
      await real.heard(2 * training - 1);
      const [from, out] = [memory.take(16 * 9), memory.take(16 * 8)];
      memory.uint64(from, 18).fill(BigInt(training));
      for (let round = 0; round < 200; round += 1) {
        crew.run([0, 1, 2, 3].map((i) => [['sumBins', from, 9, out + 16 * i]]));
      }
      expect([...memory.uint64(out, 8)]).toEqual(Array(8).fill(BigInt(9 * training)));
      crew.end();
      await real.heard(2 * training);
    }
    expect(real.running()).toBe(1);
  });
});
