import type { WeightTensor } from '../weight-tensor.ts';

/** Of a node that asks for no categories. */
export const NO_SET = -1;
/** int32 of a set: a bit for each code below 256. */
const WORDS = 8;

/** Sets of category codes below 256, one after the other. */
export class CategorySets {
  #words = new Int32Array(0);
  #count = 0;

  /** Gives the number of the set. */
  add(codes: readonly number[]): number {
    const start = this.#count * WORDS;
    if (start === this.#words.length) {
      const old = this.#words;
      this.#words = new Int32Array(Math.max(64 * WORDS, old.length * 2));
      this.#words.set(old);
    }
    for (const code of codes) {
      const at = start + (code >> 5);
      this.#words[at] = (this.#words[at] ?? 0) | (1 << (code & 31));
    }
    this.#count += 1;
    return this.#count - 1;
  }

  /** What `isInSet` reads; undefined where there is no set. */
  view(): Int32Array | undefined {
    return this.#count === 0 ? undefined : this.#words;
  }

  /** The first sets as a tensor, [count, 8]. */
  weight(count: number): WeightTensor {
    return { name: 'sets', shape: [count, WORDS], values: this.#words.slice(0, count * WORDS) };
  }
}

export function isInSet(sets: Int32Array, set: number, code: number): boolean {
  if (!(code >= 0 && code < WORDS * 32) || !Number.isInteger(code)) return false;
  return (((sets[set * WORDS + (code >> 5)] ?? 0) >>> (code & 31)) & 1) === 1;
}

/** The codes of a set, smallest first. */
export function codesOf(sets: Int32Array, set: number): number[] {
  return Array.from({ length: WORDS * 32 }, (_, code) => code).filter((code) =>
    isInSet(sets, set, code),
  );
}
