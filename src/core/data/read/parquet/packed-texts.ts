import { areAscii } from '../../ascii.ts';

/** Texts as a page has them, each behind its length: where they stand, so that none is cut out by itself. */
export class PackedTexts {
  readonly bytes: Uint8Array;
  readonly length: number;
  /** Whether no byte from here on is above 127, so that all texts are UTF-8. */
  readonly isAscii: boolean;
  /** Where each text begins, and where it ends. */
  readonly #places: Uint32Array;

  /** @throws RangeError where a text would reach past the page */
  constructor(page: Uint8Array, from: number, count: number) {
    const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
    this.bytes = page;
    this.length = count;
    this.isAscii = areAscii(page.subarray(from));
    this.#places = new Uint32Array(2 * count);
    let at = from;
    for (let i = 0; i < count; i += 1) {
      const start = at + 4;
      const end = start <= page.length ? start + view.getUint32(at, true) : Infinity;
      if (end > page.length) throw new RangeError('a text is longer than its page');
      this.#places[2 * i] = start;
      this.#places[2 * i + 1] = end;
      at = end;
    }
  }

  start(i: number): number {
    return this.#places[2 * i] ?? 0;
  }

  end(i: number): number {
    return this.#places[2 * i + 1] ?? 0;
  }

  *[Symbol.iterator](): Generator<Uint8Array> {
    for (let i = 0; i < this.length; i += 1) yield this.bytes.subarray(this.start(i), this.end(i));
  }
}
