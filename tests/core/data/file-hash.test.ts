import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { startHash, startHashAgain } from '#core/data/read/file-hash.ts';
import type { Threads } from '#core/parallel/threads.ts';

const pieces = [100, 0, 1, 70_000, 63].map((length) =>
  Uint8Array.from({ length }, (_, i) => (i * 31 + length) % 256),
);
const whole = Buffer.concat(pieces);

describe('the hash of a file', () => {
  it.each([
    ['not known', 0],
    ['known', whole.length],
    ['said too small', 10],
    ['said too large', 1_000_000],
    ['too large for one piece', 2 ** 40],
  ])('is SHA-256 where the size is %s', async (_, size) => {
    const hash = await startHash(size);
    for (const piece of pieces) hash.update(piece);
    expect(await hash.digest()).toBe(createHash('sha256').update(whole).digest('hex'));
  });

  it('is that of no bytes where there are none', async () => {
    expect(await (await startHash(0)).digest()).toBe(createHash('sha256').digest('hex'));
  });
});

/** A thread of Node, of which is told when it has said something, and when it is gone. */
function oneThread(program = new URL('./hash-thread.mjs', import.meta.url)) {
  const heard = { messages: 0, isGone: false };
  const threads: Threads = {
    count: 2,
    worthMs: 0,
    start(listener) {
      const worker = new Worker(program);
      worker.on('message', (message) => {
        heard.messages += 1;
        listener.onMessage(message);
      });
      worker.on('error', ({ message }) => listener.onLost(message));
      worker.on('exit', () => {
        heard.isGone = true;
        listener.onLost('it ended by itself');
      });
      return { send: (message) => worker.postMessage(message), end: () => void worker.terminate() };
    },
  };
  return { threads, heard };
}

describe('the hash of a large file, by another thread', () => {
  /** More than the ring holds, and no whole number of pieces. */
  const large = Uint8Array.from({ length: 70_000_001 }, (_, i) => (i * 31 + (i >> 12)) & 255);
  const expected = createHash('sha256').update(large).digest('hex');
  const PIECE = 3_000_007;

  it('is the same, whenever it takes over', { timeout: 60_000 }, async () => {
    for (const waitFrom of [0, 30_000_000]) {
      const { threads, heard } = oneThread();
      const hash = await startHash(large.length, threads);
      for (let from = 0; from < large.length; from += PIECE) {
        while (from >= waitFrom && heard.messages === 0) await turn();
        hash.update(large.subarray(from, from + PIECE));
      }
      expect(await hash.digest()).toBe(expected);
      expect(heard.messages).toBe(2);
      while (!heard.isGone) await turn();
    }
  });

  it('is the same where it never takes over', async () => {
    const { threads, heard } = oneThread();
    const hash = await startHash(large.length, threads);
    hash.update(large);
    expect(await hash.digest()).toBe(expected);
    expect(heard.messages).toBe(0);
  });

  it('is refused where the thread is lost on the way', async () => {
    const lost = new URL(
      `data:text/javascript,${encodeURIComponent(`
      import { parentPort } from 'node:worker_threads';
      parentPort.on('message', () => process.exit());
      parentPort.postMessage('ready');`)}`,
    );
    const { threads, heard } = oneThread(lost);
    const hash = await startHash(large.length, threads);
    while (heard.messages === 0) await turn();
    hash.update(large.subarray(0, PIECE));
    await expect(hash.digest()).rejects.toMatchObject({ code: 'thread_lost' });
  });

  it('ends the thread where the file is let go', async () => {
    const { threads, heard } = oneThread();
    const hash = await startHash(large.length, threads);
    while (heard.messages === 0) await turn();
    hash.update(large.subarray(0, PIECE));
    hash.drop();
    while (!heard.isGone) await turn();
    expect(heard.messages).toBe(1);
  });
});

describe('the hash of a file that another thread reads again', () => {
  const bytes = Uint8Array.from({ length: 5_000_001 }, (_, i) => (i * 31 + (i >> 12)) & 255);
  const file = new Blob([bytes]);
  const expected = createHash('sha256').update(bytes).digest('hex');

  it.each(['before', 'after'])('is SHA-256, asked for %s the thread has started', async (when) => {
    const { threads, heard } = oneThread();
    const hash = await startHashAgain(file, threads);
    while (when === 'after' && heard.messages === 0) await turn();
    for (let from = 0; from < bytes.length; from += 700_001) {
      hash.update(bytes.subarray(from, from + 700_001));
    }
    expect(await hash.digest()).toBe(expected);
    while (!heard.isGone) await turn();
    expect(heard.messages).toBe(2);
  });

  it('is refused where the first reading had other bytes', async () => {
    const { threads } = oneThread();
    const hash = await startHashAgain(file, threads);
    const changed = Uint8Array.from(bytes);
    changed[4_000_000] = 1 + (bytes[4_000_000] ?? 0);
    hash.update(changed);
    await expect(hash.digest()).rejects.toMatchObject({ name: 'NotReadableError' });
  });

  it('is refused where the file cannot be read any more', async () => {
    const { threads } = oneThread(
      new URL(
        `data:text/javascript,${encodeURIComponent(`
        import { parentPort } from 'node:worker_threads';
        parentPort.on('message', () => parentPort.postMessage({ unreadable: 'It is gone.' }));
        parentPort.postMessage('ready');`)}`,
      ),
    );
    const hash = await startHashAgain(file, threads);
    hash.update(bytes);
    await expect(hash.digest()).rejects.toThrow('It is gone.');
  });

  it('ends the thread where the file is let go', async () => {
    const { threads, heard } = oneThread();
    const hash = await startHashAgain(file, threads);
    hash.drop();
    while (!heard.isGone) await turn();
  });
});
