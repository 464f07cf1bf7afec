import { describe, expect, it } from 'vitest';
import { areAscii } from '#core/data/ascii.ts';

describe('bytes that are all ASCII', () => {
  it('are told from others at every place of every short length', () => {
    const all = new Uint8Array(40).fill(127);
    for (let from = 0; from < 8; from += 1) {
      for (let length = 0; length < 20; length += 1) {
        const bytes = all.subarray(from, from + length);
        expect(areAscii(bytes)).toBe(true);
        for (let i = 0; i < length; i += 1) {
          bytes[i] = 128;
          expect(areAscii(bytes), `byte ${i} of ${length}, from ${from}`).toBe(false);
          bytes[i] = 127;
        }
        all[from + length] = 255;
        expect(areAscii(bytes)).toBe(true);
        all[from + length] = 127;
      }
    }
  });
});
