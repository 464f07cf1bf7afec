import type { DecodedArray } from 'hyparquet';
import type { Cells } from '../../cells.ts';
import { TextCellsBuilder } from '../../text-cells.ts';
import { PackedTexts } from './packed-texts.ts';
import type { StoredValues } from './page-values.ts';
import type { Page } from './pages.ts';
import type { Sink } from './sink.ts';

/** What the stored values of a column of numbers are. */
export interface NumberKind {
  /** The values as numbers, NaN for none; null where one cannot be kept as a number. */
  readonly numbers: (values: DecodedArray) => Float64Array | null;
  /** One value as text, the empty one for none. */
  readonly text: (value: unknown) => string;
  readonly cells: (numbers: Float64Array) => Cells;
}

/**
 * A column of numbers, or of times. Where one cannot be kept as a number (a 64-bit integer past 2^53, an infinity, a
 * part of a second), the column becomes texts, so that every value stays what it is and inference can point at it.
 */
export class NumberSink implements Sink {
  readonly #kind: NumberKind;
  readonly #highest: number;
  readonly #numbers: Float64Array;
  #texts: TextCellsBuilder | null = null;
  #dictionary: DecodedArray = [];
  #dictionaryNumbers: Float64Array | null = null;
  #row = 0;

  /** @param highest definition level: that of a value that is there */
  constructor(kind: NumberKind, highest: number, rows: number) {
    this.#kind = kind;
    this.#highest = highest;
    this.#numbers = new Float64Array(rows);
  }

  dictionary(values: StoredValues): void {
    this.#dictionary = noTexts(values);
    this.#dictionaryNumbers = this.#kind.numbers(this.#dictionary);
  }

  add(page: Page): void {
    const values = noTexts(page.values);
    const numbers = page.isIndices ? this.#dictionaryNumbers : this.#kind.numbers(values);
    if (this.#texts === null && numbers !== null) this.#addNumbers(page, values, numbers);
    else this.#addTexts(page, values, (this.#texts ??= this.#asTexts()));
    this.#row += page.count;
  }

  finish(): Cells {
    return this.#texts?.finish() ?? this.#kind.cells(this.#numbers);
  }

  #addNumbers(
    { count, levels, isIndices }: Page,
    values: DecodedArray,
    numbers: Float64Array,
  ): void {
    const rows = this.#numbers.subarray(this.#row, this.#row + count);
    const places = isIndices ? (values as Uint32Array) : null;
    if (levels === null) {
      if (places === null) rows.set(numbers);
      else for (let i = 0; i < count; i += 1) rows[i] = numbers[places[i] ?? 0] ?? NaN;
      return;
    }
    let next = 0;
    for (let i = 0; i < count; i += 1) {
      const isThere = levels[i] === this.#highest;
      rows[i] = isThere ? (numbers[places === null ? next : (places[next] ?? 0)] ?? NaN) : NaN;
      if (isThere) next += 1;
    }
  }

  #addTexts(
    { count, levels, isIndices }: Page,
    values: DecodedArray,
    texts: TextCellsBuilder,
  ): void {
    let next = 0;
    for (let i = 0; i < count; i += 1) {
      if (levels !== null && levels[i] !== this.#highest) {
        texts.push('');
        continue;
      }
      const value: unknown = isIndices ? this.#dictionary[Number(values[next])] : values[next];
      texts.push(this.#kind.text(value));
      next += 1;
    }
  }

  #asTexts(): TextCellsBuilder {
    const texts = new TextCellsBuilder();
    const cells = this.#kind.cells(this.#numbers);
    for (let row = 0; row < this.#row; row += 1) texts.push(cells.at(row));
    return texts;
  }
}

/** A damaged file can call texts numbers. */
function noTexts(values: StoredValues): DecodedArray {
  if (values instanceof PackedTexts) throw new RangeError('its numbers are stored as texts');
  return values;
}
