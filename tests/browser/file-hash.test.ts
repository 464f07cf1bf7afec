import { expect, it } from 'vitest';
import { hashOfAll, startHash, startHashAgain } from '#core/data/read/file-hash.ts';
import { hashThreads } from '#workers/hash-threads.ts';

/** As much as another thread is started for, and no whole number of pieces. */
const bytes = Uint8Array.from({ length: 20_000_001 }, (_, i) => (i * 31 + (i >> 12)) & 255);
const file = new Blob([bytes]);

it('a file is hashed by a worker, as it is read or read again', async () => {
  const again = await startHashAgain(file, hashThreads);
  again.update(bytes);
  const beside = await startHash(bytes.length, { ...hashThreads, count: 2 });
  beside.update(bytes);
  const expected = await hashOfAll(bytes);
  expect(await again.digest()).toBe(expected);
  expect(await beside.digest()).toBe(expected);
});
