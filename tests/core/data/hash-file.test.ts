import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hashFile } from '#core/data/read/hash-file.ts';

/** As browsers have it whose files do not read into memory that is given. */
class PlainBlob extends Blob {
  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const reader = super.stream().getReader();
    return new ReadableStream({
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
    });
  }
}

describe('the hash of a file', () => {
  const bytes = Uint8Array.from({ length: 3_000_001 }, (_, i) => (i * i) % 251);

  it.each([0, 1, 65_536, 1 << 20, bytes.length])('of %i bytes is SHA-256', async (length) => {
    const own = bytes.subarray(0, length);
    const wanted = createHash('sha256').update(own).digest('hex');
    expect(await hashFile(new Blob([own]))).toBe(wanted);
    expect(await hashFile(new PlainBlob([own]))).toBe(wanted);
  });

  it('is given up after a cancel', async () => {
    const signal = AbortSignal.abort();
    await expect(hashFile(new Blob([bytes]), signal)).rejects.toMatchObject({ kind: 'cancelled' });
  });
});
