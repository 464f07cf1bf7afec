import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { startHash } from '#core/data/read/file-hash.ts';

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
