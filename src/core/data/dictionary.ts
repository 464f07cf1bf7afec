import { ByteCells } from './byte-cells.ts';
import type { Cells } from './cells.ts';
import { CodedCells } from './coded-cells.ts';
import { compareBytes } from './compare-bytes.ts';
import { MOST_COMPARED, type FieldComparison } from './field-text.ts';

/** The distinct texts of a column, in the order of their first rows, and which of them each row holds. */
export interface Dictionary {
  /** Index of each row's text. */
  readonly codes: Uint32Array;
  /** Rows that hold each text. */
  readonly counts: Uint32Array;
  /** The first row that holds each text. */
  readonly firstRows: Uint32Array;
}

/**
 * Two cells are the same where their texts are, white space and case included.
 * @param comparison how fields are hashed and compared; whatever the hashes, the answer is the same
 */
export function dictionaryOf(cells: Cells, comparison?: FieldComparison): Dictionary {
  if (cells instanceof CodedCells) return byCodes(cells.codes, cells.texts.length);
  // A doubled quote has other bytes than the same quote in a field that is not quoted.
  const isPlain = cells instanceof ByteCells && !cells.text.hasEscapes;
  if (!isPlain) return byText(cells);
  return byHash(cells, comparison ?? cells.text.comparison ?? compareBytes) ?? byText(cells);
}

/** Codes that a file gave, renumbered by their first rows; no two stand for the same text. */
function byCodes(given: Uint32Array, size: number): Dictionary {
  const builder = new DictionaryBuilder(given.length);
  const codeOf = new Int32Array(size).fill(-1);
  for (let row = 0; row < given.length; row += 1) {
    const code = codeOf[given[row] ?? 0] ?? -1;
    if (code < 0) codeOf[given[row] ?? 0] = builder.addNew(row);
    else builder.add(row, code);
  }
  return builder.finish();
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

/**
 * Texts of equal length and equal hashes are taken for equal, and compared once all are known: comparing each where
 * it is met would wait for memory a million times, one after the other.
 * @returns null where two different texts were taken for equal
 */
function byHash(cells: ByteCells, comparison: FieldComparison): Dictionary | null {
  const { length } = cells;
  const builder = new DictionaryBuilder(length);
  const known = new KnownHashes(length);
  let longest = 0;
  for (let from = 0; from < length; from += MOST_COMPARED) {
    const to = Math.min(from + MOST_COMPARED, length);
    const hashes = comparison.hash(cells, from, to);
    let at = 0;
    for (let row = from; row < to; row += 1) {
      const bytes = hashes[at + 2] ?? 0;
      if (bytes > longest) longest = bytes;
      const code = known.codeOf(hashes[at] ?? 0, hashes[at + 1] ?? 0, bytes);
      if (code >= 0) builder.add(row, code);
      else builder.addNew(row);
      at += 3;
    }
  }
  const found = builder.finish();
  const isExact = longest <= comparison.exactBytes;
  return isExact || areSame(cells, found, comparison) ? found : null;
}

/** Whether each row, which is as long as the first row of its code, has that one's bytes. */
function areSame(
  cells: ByteCells,
  { codes, firstRows }: Dictionary,
  comparison: FieldComparison,
): boolean {
  for (let from = 0; from < codes.length; from += MOST_COMPARED) {
    const some = codes.subarray(from, from + MOST_COMPARED);
    const others = some.map((code) => firstRows[code] ?? 0);
    if (!comparison.areSame(cells, from, others)) return false;
  }
  return true;
}

/** Words of a slot: a code, −1 where it is free, two hashes and a length, side by side in memory. */
const WORDS = 4;
/** Share of the slots that may be taken: ten million different texts then take 256 MiB, and not 512. */
const FULLEST = 0.7;

/** A table of slots that is probed one after the other. */
class KnownHashes {
  /** How often a code is asked for in all, and was so far. */
  readonly #rows: number;
  #asked = 0;
  #slots = new Int32Array(WORDS << 10).fill(-1);
  #size = 0;
  /** Texts that fit before there must be more slots. */
  #room = FULLEST * (1 << 10);

  constructor(rows: number) {
    this.#rows = rows;
  }

  /** The code of a text with these hashes; −1 where it is new, and has the next code from now on. */
  codeOf(hash: number, second: number, length: number): number {
    const slots = this.#slots;
    const mask = slots.length - WORDS;
    this.#asked += 1;
    let at = (hash * WORDS) & mask;
    for (;;) {
      const code = slots[at] ?? -1;
      if (code < 0) break;
      if (slots[at + 1] === hash && slots[at + 2] === second && slots[at + 3] === length) {
        return code;
      }
      at = (at + WORDS) & mask;
    }
    slots[at] = this.#size;
    slots[at + 1] = hash;
    slots[at + 2] = second;
    slots[at + 3] = length;
    this.#size += 1;
    if (this.#size > this.#room) this.#grow();
    return -1;
  }

  #grow(): void {
    const old = this.#slots;
    // Where most so far were different, so will be many that follow.
    const isMostlyNew = this.#size > 1 << 14 && this.#size > this.#asked / 2;
    const wanted = isMostlyNew ? Math.min(4 * this.#size, this.#rows) : this.#size + 1;
    const count = 1 << (32 - Math.clz32(wanted / FULLEST));
    this.#room = FULLEST * count;
    const slots = new Int32Array(WORDS * count).fill(-1);
    const mask = slots.length - WORDS;
    for (let from = 0; from < old.length; from += WORDS) {
      if ((old[from] ?? -1) < 0) continue;
      let at = ((old[from + 1] ?? 0) * WORDS) & mask;
      while ((slots[at] ?? -1) >= 0) at = (at + WORDS) & mask;
      for (let word = 0; word < WORDS; word += 1) slots[at + word] = old[from + word] ?? 0;
    }
    this.#slots = slots;
  }
}

function grown(old: Uint32Array, most: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.min(old.length * 2, most));
  larger.set(old);
  return larger;
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
      this.#counts = grown(this.#counts, this.#codes.length);
      this.#firstRows = grown(this.#firstRows, this.#codes.length);
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
