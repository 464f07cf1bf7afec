import { ByteCells, closingQuote, plainEnd } from './byte-cells.ts';
import type { Cells } from './cells.ts';

/** The distinct texts of a column, in the order of their first rows, and which of them each row holds. */
export interface Dictionary {
  /** Index of each row's text. */
  readonly codes: Uint32Array;
  /** Rows that hold each text. */
  readonly counts: Uint32Array;
  /** The first row that holds each text. */
  readonly firstRows: Uint32Array;
}

/** Two cells are the same where their texts are, white space and case included. */
export function dictionaryOf(cells: Cells): Dictionary {
  // A doubled quote has other bytes than the same quote in a field that is not quoted.
  return cells instanceof ByteCells && !cells.text.hasEscapes ? byBytes(cells) : byText(cells);
}

function byText(cells: Cells): Dictionary {
  const builder = new DictionaryBuilder(cells.length);
  const known = new Map<string, number>();
  for (let row = 0; row < cells.length; row += 1) {
    const text = cells.at(row);
    const code = known.get(text);
    if (code === undefined) known.set(text, builder.addNew(row));
    else builder.add(row, code);
  }
  return builder.finish();
}

/** FNV-1a over a cell's bytes, and a table of slots that is probed one after the other. */
function byBytes(cells: ByteCells): Dictionary {
  const { bytes, starts, width, quote, delimiter } = cells.text;
  const { column, length } = cells;
  const builder = new DictionaryBuilder(length);
  let slots = new Int32Array(1 << 10).fill(-1);
  let hashes = new Int32Array(1 << 9);
  let froms = new Uint32Array(1 << 9);
  let lengths = new Uint32Array(1 << 9);
  let size = 0;
  for (let row = 0; row < length; row += 1) {
    let from = starts[row * width + column] ?? 0;
    const isQuoted = bytes[from] === quote;
    if (isQuoted) from += 1;
    const to = isQuoted ? closingQuote(bytes, from, quote) : plainEnd(bytes, from, delimiter);
    let hash = 0x811c9dc5;
    for (let i = from; i < to; i += 1) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
    hash ^= hash >>> 15;
    const mask = slots.length - 1;
    let at = hash & mask;
    let code = slots[at] ?? -1;
    while (
      code >= 0 &&
      !(
        hashes[code] === hash &&
        lengths[code] === to - from &&
        isSame(bytes, froms[code] ?? 0, from, to)
      )
    ) {
      at = (at + 1) & mask;
      code = slots[at] ?? -1;
    }
    if (code >= 0) {
      builder.add(row, code);
      continue;
    }
    if (size === hashes.length) {
      hashes = grown(hashes, Int32Array);
      froms = grown(froms, Uint32Array);
      lengths = grown(lengths, Uint32Array);
      slots = slotsFor(hashes, size);
      at = freeSlot(slots, hash);
    }
    slots[at] = size;
    hashes[size] = hash;
    froms[size] = from;
    lengths[size] = to - from;
    size += 1;
    builder.addNew(row);
  }
  return builder.finish();
}

/** Whether the bytes `from` to `to` stand at `other` as well. */
function isSame(bytes: Uint8Array, other: number, from: number, to: number): boolean {
  const shift = other - from;
  for (let i = from; i < to; i += 1) if (bytes[i] !== bytes[i + shift]) return false;
  return true;
}

function grown<T extends Int32Array | Uint32Array>(old: T, Kind: new (length: number) => T): T {
  const larger = new Kind(old.length * 2);
  larger.set(old);
  return larger;
}

function slotsFor(hashes: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const slots = new Int32Array(hashes.length * 2).fill(-1);
  for (let code = 0; code < size; code += 1) slots[freeSlot(slots, hashes[code] ?? 0)] = code;
  return slots;
}

function freeSlot(slots: Int32Array, hash: number): number {
  const mask = slots.length - 1;
  let at = hash & mask;
  while ((slots[at] ?? -1) >= 0) at = (at + 1) & mask;
  return at;
}

class DictionaryBuilder {
  readonly #codes: Uint32Array;
  #counts = new Uint32Array(1 << 9);
  #firstRows = new Uint32Array(1 << 9);
  #size = 0;

  constructor(rows: number) {
    this.#codes = new Uint32Array(rows);
  }

  add(row: number, code: number): void {
    this.#codes[row] = code;
    this.#counts[code] = (this.#counts[code] ?? 0) + 1;
  }

  addNew(row: number): number {
    if (this.#size === this.#counts.length) {
      this.#counts = grown(this.#counts, Uint32Array);
      this.#firstRows = grown(this.#firstRows, Uint32Array);
    }
    const code = this.#size;
    this.#firstRows[code] = row;
    this.#size += 1;
    this.add(row, code);
    return code;
  }

  finish(): Dictionary {
    return {
      codes: this.#codes,
      counts: this.#counts.subarray(0, this.#size),
      firstRows: this.#firstRows.subarray(0, this.#size),
    };
  }
}
