import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openFile } from '#core/data/read/file-bytes.ts';

const bytes = Uint8Array.from({ length: 300_001 }, (_, i) => (i * 7 + (i >> 9)) & 255);
const sha256Of = (all: Uint8Array): string => createHash('sha256').update(all).digest('hex');

function inPieces(all: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= all.length) controller.close();
      else controller.enqueue(all.subarray(at, (at += 70_000)));
    },
  });
}

describe('a file on its way in', () => {
  it.each([
    ['of a known size', bytes.length],
    ['of an unknown size', 0],
    ['said to be smaller', 1000],
    ['said to be larger', 1_000_000],
    ['said to be too large for one piece', 2 ** 29],
  ])('%s has one hash, in one piece or in many', async (_, size) => {
    const whole = await openFile(inPieces(bytes), { size });
    expect(await whole.all()).toEqual(bytes);
    expect(await whole.finish()).toEqual({ bytes: bytes.length, sha256: sha256Of(bytes) });

    const pieces = await openFile(inPieces(bytes), { size });
    const seen: number[] = [];
    for await (const chunk of pieces.chunks) seen.push(...chunk);
    expect(Uint8Array.from(seen)).toEqual(bytes);
    expect(await pieces.finish()).toEqual({ bytes: bytes.length, sha256: sha256Of(bytes) });
  });

  it('that is packed is given unpacked, with the hash of what was packed', async () => {
    const packed = new Uint8Array(gzipSync(bytes));
    for (const size of [packed.length, 0]) {
      const file = await openFile(inPieces(packed), { size });
      expect(await file.all()).toEqual(bytes);
      expect(await file.finish()).toEqual({ bytes: packed.length, sha256: sha256Of(packed) });
    }
  });

  it('whose hash is known keeps it', async () => {
    const file = await openFile(inPieces(bytes), { size: bytes.length, sha256: 'known' });
    expect(await file.all()).toEqual(bytes);
    expect(await file.finish()).toEqual({ bytes: bytes.length, sha256: 'known' });
  });

  it('hears a cancel, in one piece too', async () => {
    const cancel = new AbortController();
    const file = await openFile(inPieces(bytes), { size: bytes.length, signal: cancel.signal });
    cancel.abort();
    await expect(file.all()).rejects.toMatchObject({ code: 'cancelled' });
  });
});
