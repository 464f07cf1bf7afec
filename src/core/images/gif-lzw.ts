import { ImageFault } from './raster.ts';

const MOST_CODES = 4096;

/**
 * Unpacks the codes of a GIF (LZW with codes of 3 to 12 bits, lowest bit first; GIF 89a, appendix F).
 * @param rootBits bits of a colour's index
 * @returns `length` indices
 * @throws ImageFault where there are fewer, or a code that nothing stands behind
 */
export function unpackLzw(data: Uint8Array, rootBits: number, length: number): Uint8Array {
  if (rootBits < 1 || rootBits > 8)
    throw new ImageFault('damaged: its colours have no size that there is');
  const clear = 1 << rootBits;
  const out = new Uint8Array(length);
  // What a code stands for: a piece of what was written before.
  const [starts, lengths] = [new Int32Array(MOST_CODES), new Int32Array(MOST_CODES)];
  let [bits, held, at, written] = [rootBits + 1, 0, 0, 0];
  let [next, before, heldBits] = [clear + 2, -1, 0];
  while (written < length) {
    while (heldBits < bits) {
      if (at === data.length) throw new ImageFault('cut off: it has fewer pixels than it says');
      held |= (data[at] ?? 0) << heldBits;
      at += 1;
      heldBits += 8;
    }
    const code = held & ((1 << bits) - 1);
    held >>>= bits;
    heldBits -= bits;
    if (code === clear) {
      [bits, next, before] = [rootBits + 1, clear + 2, -1];
      continue;
    }
    if (code === clear + 1) throw new ImageFault('cut off: it has fewer pixels than it says');
    const isNew = code === next && before >= 0;
    if (code > clear && code >= next && !isNew)
      throw new ImageFault('damaged: its pixels cannot be unpacked');
    const start = written;
    if (before >= 0 && next < MOST_CODES) {
      // The piece before and one pixel more, which is about to be written.
      starts[next] = start - sizeOf(before, clear, lengths);
      lengths[next] = sizeOf(before, clear, lengths) + 1;
      next += 1;
      if (next === 1 << bits && bits < 12) bits += 1;
    }
    if (code < clear) {
      out[written] = code;
      written += 1;
    } else {
      const end = Math.min(length, start + (lengths[code] ?? 0));
      for (let from = starts[code] ?? 0; written < end; from += 1, written += 1) {
        out[written] = out[from] ?? 0;
      }
    }
    before = code;
  }
  return out;
}

function sizeOf(code: number, clear: number, lengths: Int32Array): number {
  return code < clear ? 1 : (lengths[code] ?? 0);
}
