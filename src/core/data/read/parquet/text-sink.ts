import type { Cells } from '../../cells.ts';
import { CodedCells } from '../../coded-cells.ts';
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
  readonly #text: (value: unknown) => string | Uint8Array;
  readonly #highest: number;
  readonly #codes: Uint32Array;
  /** The distinct texts of all dictionaries, and their codes. */
  readonly #distinct = new TextCellsBuilder();
  readonly #codeOf = new Map<string, number>();
  /** Code of each value of the current dictionary. */
  #dictionary = new Uint32Array(0);
  #cells: TextCellsBuilder | null = null;
  #row = 0;

  /**
   * @param text writes a stored value; bytes are taken for UTF-8
   * @param highest definition level: that of a value that is there
   */
  constructor(text: (value: unknown) => string | Uint8Array, highest: number, rows: number) {
    this.#text = text;
    this.#highest = highest;
    this.#codes = new Uint32Array(rows);
  }

  dictionary(values: StoredValues): void {
    this.#dictionary = Uint32Array.from(values as Iterable<unknown>, (value) => {
      const text = this.#text(value);
      return this.#code(typeof text === 'string' ? text : checkUtf8(text));
    });
  }

  add(page: Page): void {
    if (this.#cells === null && page.isIndices) this.#addCodes(page);
    else this.#addTexts(page, (this.#cells ??= this.#asTexts()));
    this.#row += page.count;
  }

  finish(): Cells {
    return this.#cells?.finish() ?? new CodedCells(this.#distinct.finish(), this.#codes);
  }

  #code(text: string): number {
    const known = this.#codeOf.get(text);
    if (known !== undefined) return known;
    const code = this.#codeOf.size;
    this.#codeOf.set(text, code);
    this.#distinct.push(text);
    return code;
  }

  #addCodes({ count, levels, values }: Page): void {
    const rows = this.#codes.subarray(this.#row, this.#row + count);
    const places = values as Uint32Array;
    const missing = levels === null ? 0 : this.#code('');
    let next = 0;
    for (let i = 0; i < count; i += 1) {
      const isThere = levels === null || levels[i] === this.#highest;
      rows[i] = isThere ? (this.#dictionary[places[next] ?? 0] ?? 0) : missing;
      if (isThere) next += 1;
    }
  }

  #addTexts({ count, levels, values, isIndices }: Page, cells: TextCellsBuilder): void {
    const distinct = isIndices ? this.#distinct.finish() : null;
    let next = 0;
    for (let i = 0; i < count; i += 1) {
      if (levels !== null && levels[i] !== this.#highest) {
        cells.push('');
        continue;
      }
      if (values instanceof PackedTexts) {
        pushChecked(cells, values.bytes, values.start(next), values.end(next));
      } else if (distinct === null) this.#addValue(values[next], cells);
      else cells.push(distinct.at(this.#dictionary[Number(values[next])] ?? 0));
      next += 1;
    }
  }

  #addValue(value: unknown, cells: TextCellsBuilder): void {
    const text = this.#text(value);
    if (typeof text === 'string') cells.push(text);
    else pushChecked(cells, text, 0, text.length);
  }

  #asTexts(): TextCellsBuilder {
    const cells = new TextCellsBuilder();
    const distinct = this.#distinct.finish();
    for (let row = 0; row < this.#row; row += 1) cells.push(distinct.at(this.#codes[row] ?? 0));
    return cells;
  }
}

/** Adds bytes of UTF-8. @throws RangeError where they are none */
function pushChecked(cells: TextCellsBuilder, bytes: Uint8Array, from: number, to: number): void {
  for (let i = from; i < to; i += 1) {
    if ((bytes[i] ?? 0) >= 0x80) {
      checkUtf8(bytes.subarray(from, to));
      break;
    }
  }
  cells.pushUtf8(bytes, from, to);
}

export function checkUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new RangeError('it holds bytes that are no text (UTF-8), perhaps pictures');
  }
}
