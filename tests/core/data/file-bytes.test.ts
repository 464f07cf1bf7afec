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

  it.each([undefined, 'known'])(
    'that may be read again is read at once, and what was begun is let go; its hash: %s',
    async (sha256) => {
      const cancelled: unknown[] = [];
      const source = new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(bytes.subarray(0, 70_000)),
        cancel: (reason) => void cancelled.push(reason),
      });
      const seen: number[] = [];
      const file = await openFile(source, {
        ...{ file: new Blob([bytes]), size: bytes.length },
        ...(sha256 !== undefined && { sha256 }),
        onProgress: (bytesRead) => void seen.push(bytesRead),
      });
      expect(await file.all()).toEqual(bytes);
      const known = { bytes: bytes.length, sha256: sha256 ?? sha256Of(bytes) };
      expect(await file.finish()).toEqual(known);
      expect(cancelled).toHaveLength(1);
      expect(seen.at(-1)).toBe(bytes.length);
    },
  );

  it('that may be read again hears a cancel, and says where it is gone', async () => {
    const cancel = new AbortController();
    const again = new Blob([bytes]);
    const options = { size: bytes.length, signal: cancel.signal };
    const gone = await openFile(inPieces(bytes), { ...options, file: new GoneBlob([bytes]) });
    await expect(gone.all()).rejects.toMatchObject({ name: 'NotReadableError' });
    const file = await openFile(inPieces(bytes), { ...options, file: again });
    cancel.abort();
    await expect(file.all()).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('hears a cancel, in one piece too', async () => {
    const cancel = new AbortController();
    const file = await openFile(inPieces(bytes), { size: bytes.length, signal: cancel.signal });
    cancel.abort();
    await expect(file.all()).rejects.toMatchObject({ code: 'cancelled' });
  });
});

/** A file that was changed since it was chosen. */
class GoneBlob extends Blob {
  override arrayBuffer(): Promise<ArrayBuffer> {
    return Promise.reject(new DOMException('It has changed.', 'NotReadableError'));
  }
}
