import type { ComparableValues } from './comparable-values.ts';

/** 64-bit hashes of rows, in two halves. Two different rows share one by chance once in 10¹⁹ pairs. */
export interface RowHashes {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
}

export function emptyHashes(rows: number): RowHashes {
  return { high: new Uint32Array(rows).fill(0x9e3779b9), low: new Uint32Array(rows) };
}

/** Takes one more column into the hashes of all rows. */
export function addColumn({ high, low }: RowHashes, values: ComparableValues): void {
  const number = new Float64Array(1);
  const bits = new Uint32Array(number.buffer);
  for (let row = 0; row < high.length; row += 1) {
    const value = values[row] ?? '';
    let a = high[row] ?? 0;
    let b = low[row] ?? 0;
    if (typeof value === 'number') {
      number[0] = value === 0 ? 0 : value; // -0 is 0
      for (const word of bits) {
        a = mixed(a ^ word, 0x85ebca6b);
        b = mixed(b ^ word, 0xc2b2ae35);
      }
    } else {
      for (let i = 0; i < value.length; i += 1) {
        const unit = value.charCodeAt(i);
        a = mixed(a ^ unit, 0x85ebca6b);
        b = mixed(b ^ unit, 0xc2b2ae35);
      }
    }
    // The end of a cell, so that "ab", "c" is another row than "a", "bc".
    high[row] = mixed(a ^ 0x10000, 0xcc9e2d51) ^ (b >>> 7);
    low[row] = mixed(b ^ 0x10000, 0x1b873593);
  }
}

/** Multiplies and folds, as in MurmurHash3's finalizer. */
function mixed(hash: number, factor: number): number {
  const product = Math.imul(hash ^ (hash >>> 15), factor);
  return product ^ (product >>> 13);
}

/** Counts of hashes: open addressing over typed arrays, since a Map of a million 64-bit keys needs several times the room. */
export class HashCounts {
  readonly #mask: number;
  readonly #high: Uint32Array;
  readonly #low: Uint32Array;
  readonly #counts: Int32Array;
  readonly #used: Uint8Array;

  constructor({ high, low }: RowHashes) {
    let size = 16;
    while (size < high.length * 2) size *= 2;
    this.#mask = size - 1;
    this.#high = new Uint32Array(size);
    this.#low = new Uint32Array(size);
    this.#counts = new Int32Array(size);
    this.#used = new Uint8Array(size);
    for (let row = 0; row < high.length; row += 1) this.#add(high[row] ?? 0, low[row] ?? 0);
  }

  /** Takes one away. @returns false where there is none left */
  take(high: number, low: number): boolean {
    const slot = this.#slot(high, low);
    const count = this.#counts[slot] ?? 0;
    if (count === 0) return false;
    this.#counts[slot] = count - 1;
    return true;
  }

  #add(high: number, low: number): void {
    const slot = this.#slot(high, low);
    this.#used[slot] = 1;
    this.#high[slot] = high;
    this.#low[slot] = low;
    this.#counts[slot] = (this.#counts[slot] ?? 0) + 1;
  }

  /** Where the hash is, or would be. */
  #slot(high: number, low: number): number {
    let slot = (high ^ low) & this.#mask;
    while (this.#used[slot] === 1 && (this.#high[slot] !== high || this.#low[slot] !== low)) {
      slot = (slot + 1) & this.#mask;
    }
    return slot;
  }
}
