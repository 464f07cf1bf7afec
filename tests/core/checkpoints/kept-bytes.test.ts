import { describe, expect, it } from 'vitest';
import { decodeKept, encodeKept } from '#core/checkpoints/kept-bytes.ts';

const kept = {
  about: { epoch: 12, said: 'größer' },
  arrays: [
    new Float32Array([1.5, -0, NaN, Infinity]),
    new Uint8Array([1, 2, 3]),
    new Float64Array([1e-300, 0.1]),
    new Float32Array(0),
  ],
};

describe('what is kept of a training', () => {
  it('comes back to the last bit', async () => {
    expect(await decodeKept('mine', await encodeKept('mine', kept))).toEqual(kept);
  });

  it('comes back also from the middle of a buffer', async () => {
    const bytes = await encodeKept('mine', kept);
    const inside = new Uint8Array(bytes.length + 7);
    inside.set(bytes, 3);
    expect(await decodeKept('mine', inside.subarray(3, 3 + bytes.length))).toEqual(kept);
    expect(await decodeKept('mine', Buffer.from(bytes))).toEqual(kept);
  });

  it('is another run’s where it does not say the same', async () => {
    expect(await decodeKept('other', await encodeKept('mine', kept))).toBe('foreign');
  });

  it('is damaged wherever one byte is changed or the end is cut', async () => {
    const bytes = await encodeKept('mine', kept);
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x10;
      expect(await decodeKept('mine', changed), `byte ${at}`).toBe('damaged');
      expect(await decodeKept('mine', bytes.subarray(0, at)), `cut at ${at}`).toBe('damaged');
    }
  });
});
