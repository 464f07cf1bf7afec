import { hashed } from './hashed.ts';

/** Where numbers are dropped: one layer in one step of a training. */
export interface DropPlace {
  /** The training's own. */
  readonly seed: number;
  readonly step: number;
  /** The layer's place in the network. */
  readonly layer: number;
}

/** A key that tells the masks of one place from all others'. The kernel `dropout` has the same hash of key and element. */
export function dropKey({ seed, step, layer }: DropPlace): number {
  return hashed(hashed(hashed(seed) + step) + layer);
}

/** The hash below which a number is dropped, of 32 bits without a sign. */
export function dropLimit(share: number): number {
  return Math.floor(share * 0x1_0000_0000);
}

/**
 * What numbers are times: 0 with a chance of `share`, otherwise 1 ÷ (1 − share), so that their mean stays. A pure function
 * of the place, so that every backend and a training that goes on have the same masks.
 *
 * @param count numbers of all rows of the batch, row after row
 */
export function dropMask(place: DropPlace, count: number, share: number): Float32Array {
  const key = dropKey(place);
  const limit = dropLimit(share);
  const factor = 1 / (1 - share);
  return Float32Array.from({ length: count }, (_, i) =>
    hashed(key + i) >>> 0 < limit ? 0 : factor,
  );
}
