import type { Cells } from '../../cells.ts';
import { CodedCells } from '../../coded-cells.ts';
import { dictionaryOf } from '../../dictionary.ts';
import { TextCellsBuilder } from '../../text-cells.ts';
import { PackedTexts } from './packed-texts.ts';
import type { StoredValues } from './page-values.ts';
import type { Page } from './pages.ts';
import type { Sink } from './sink.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * A column of texts, or of values that are written as texts. While its pages refer to dictionaries, it is codes; from
 * the first page of values on, it is texts.
 */
export class TextSink implements Sink {
  readonly #text: ((value: unknown) => string) | null;
  readonly #highest: number;
  readonly #expected: { readonly bytes: number; readonly rows: number };
  readonly #codes: Uint32Array;
  /** The values of all dictionaries, one behind the other. */
  readonly #known = new TextCellsBuilder();
  /** Where the current dictionary begins in them, and where the text of a missing value stands. */
  #base = 0;
  #missing = -1;
  #cells: TextCellsBuilder | null = null;
  #row = 0;

  /**
   * @param text writes a stored value; null where its bytes are the text
   * @param highest definition level: that of a value that is there
   * @param bytes that the values take, as far as the file can be believed
   */
  constructor(text: ((value: unknown) => string) | null, highest: number, rows: number, bytes = 0) {
    this.#text = text;
    this.#highest = highest;
    this.#expected = { bytes, rows };
    this.#codes = new Uint32Array(rows);
  }

  dictionary(values: StoredValues): void {
    this.#base = this.#known.length;
    if (this.#pushAll(values, this.#known)) return;
    for (let i = 0; i < values.length; i += 1) this.#push(values, i, this.#known);
  }

  add(page: Page): void {
    if (this.#cells === null && page.isIndices) this.#addCodes(page);
    else this.#addTexts(page, (this.#cells ??= this.#asTexts()));
    this.#row += page.count;
  }

  finish(): Cells {
    return this.#cells?.finish() ?? codedCells(this.#known, this.#codes);
  }

  #addCodes({ count, levels, values }: Page): void {
    const rows = this.#codes.subarray(this.#row, this.#row + count);
    const places = values as Uint32Array;
    const base = this.#base;
    if (levels === null) {
      for (let i = 0; i < count; i += 1) rows[i] = base + (places[i] ?? 0);
      return;
    }
    const missing = this.#missingCode();
    let next = 0;
    for (let i = 0; i < count; i += 1) {
      const isThere = levels[i] === this.#highest;
      rows[i] = isThere ? base + (places[next] ?? 0) : missing;
      if (isThere) next += 1;
    }
  }

  #missingCode(): number {
    if (this.#missing < 0) {
      this.#missing = this.#known.length;
      this.#known.push('');
    }
    return this.#missing;
  }

  #addTexts({ count, levels, values, isIndices }: Page, cells: TextCellsBuilder): void {
    if (levels === null && this.#pushAll(values, cells)) return;
    let next = 0;
    for (let i = 0; i < count; i += 1) {
      if (levels !== null && levels[i] !== this.#highest) {
        cells.push('');
        continue;
      }
      if (isIndices)
        cells.pushFrom(this.#known, this.#base + Number((values as Uint32Array)[next]));
      else this.#push(values, next, cells);
      next += 1;
    }
  }

  /** Adds all values at once, where they are texts that need no look at each. */
  #pushAll(values: StoredValues, cells: TextCellsBuilder): boolean {
    if (this.#text !== null || !(values instanceof PackedTexts)) return false;
    if (values.placed.isAscii) cells.pushPacked(values);
    return values.placed.isAscii;
  }

  #push(values: StoredValues, i: number, cells: TextCellsBuilder): void {
    if (values instanceof PackedTexts) {
      const [from, to] = [values.start(i), values.end(i)];
      if (this.#text === null) {
        if (!values.placed.isAscii) checkUtf8(values.bytes.subarray(from, to));
        cells.pushUtf8(values.bytes, from, to);
      } else cells.push(this.#text(values.bytes.subarray(from, to)));
      return;
    }
    const value: unknown = values[i];
    if (this.#text !== null) cells.push(this.#text(value));
    else if (value instanceof Uint8Array) {
      checkUtf8(value);
      cells.pushUtf8(value);
    } else throw new RangeError('its texts are stored as numbers');
  }

  #asTexts(): TextCellsBuilder {
    const cells = new TextCellsBuilder(this.#expected);
    const codes = this.#codes.subarray(0, this.#row);
    // A dictionary is in the order of first rows: what is mostly distinct stands in it as in the column.
    for (let row = 0; row < codes.length;) {
      const first = codes[row] ?? 0;
      const from = row;
      do row += 1;
      while (codes[row] === first + row - from);
      cells.pushFrom(this.#known, first, first + row - from);
    }
    return cells;
  }
}

/** Codes of distinct texts: dictionaries of several row groups, or one that was badly written, hold some twice. */
function codedCells(known: TextCellsBuilder, codes: Uint32Array): CodedCells {
  const texts = known.finish();
  const { codes: codeOf, firstRows } = dictionaryOf(texts);
  if (firstRows.length === texts.length) return new CodedCells(texts, codes);
  const distinct = new TextCellsBuilder();
  for (const row of firstRows) distinct.pushFrom(known, row);
  return new CodedCells(
    distinct.finish(),
    codes.map((code) => codeOf[code] ?? 0),
  );
}

/** @throws RangeError where bytes are no UTF-8 */
export function checkUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new RangeError('it holds bytes that are no text (UTF-8), perhaps pictures');
  }
}
