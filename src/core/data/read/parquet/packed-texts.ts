import { areAscii } from '../../ascii.ts';
import type { LengthPrefixed } from '../../text-cells.ts';
import type { PageMemory, PlacedTexts } from './page-memory.ts';

/** Bytes that say how long a text is, before it. */
const LENGTH_BYTES = 4;

/** Texts as a page has them, each behind its length: where they stand, so that none is cut out by itself. */
export class PackedTexts implements LengthPrefixed {
  readonly bytes: Uint8Array;
  /** Where each text begins, and where the last one ends. */
  readonly placed: PlacedTexts;
  readonly #memory: PageMemory | null;

  /**
   * @param memory that holds the page, where one does
   * @throws RangeError where a text would reach past the page
   */
  constructor(page: Uint8Array, from: number, count: number, memory: PageMemory | null) {
    this.bytes = page;
    this.#memory = memory;
    this.placed = memory?.placeTexts(page, from, count) ?? placeTexts(page, from, count);
  }

  get length(): number {
    return this.placed.starts.length;
  }

  start(i: number): number {
    return this.placed.starts[i] ?? 0;
  }

  end(i: number): number {
    const { starts, end } = this.placed;
    return i + 1 < starts.length ? (starts[i + 1] ?? 0) - LENGTH_BYTES : end;
  }

  overwriteLengths(word: number, shift: number): boolean {
    this.#memory?.overwriteLengths(this.bytes, this.placed.starts, word, shift);
    return this.#memory !== null;
  }

  *[Symbol.iterator](): Generator<Uint8Array> {
    for (let i = 0; i < this.length; i += 1) yield this.bytes.subarray(this.start(i), this.end(i));
  }
}

/** As the kernel of that name. */
function placeTexts(page: Uint8Array, from: number, count: number): PlacedTexts {
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
  const starts = new Uint32Array(count);
  let end = from;
  for (let i = 0; i < count; i += 1) {
    const start = end + LENGTH_BYTES;
    end = start <= page.length ? start + view.getUint32(end, true) : Infinity;
    if (end > page.length) throw new RangeError('a text is longer than its page');
    starts[i] = start;
  }
  return { starts, end, isAscii: areAscii(page.subarray(from)) };
}
