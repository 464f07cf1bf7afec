import type { Cells } from '../../cells.ts';
import { numberCells } from '../../number-cells.ts';
import { TextCellsBuilder } from '../../text-cells.ts';
import type { DecodedArray, ParquetType } from 'hyparquet';
import { parseFloat16 } from 'hyparquet/src/convert.js';
import type { Page } from './pages.ts';
import type { Sink } from './sink.ts';

const TWO_32 = 4_294_967_296;

/**
 * A column of numbers. Where one is no finite number of float64 (a 64-bit integer past 2^53, an infinity), the
 * column becomes texts, so that every value stays what it is and inference can point at it.
 */
export class NumberSink implements Sink {
  readonly #type: ParquetType;
  readonly #unsigned: boolean;
  readonly #highest: number;
  readonly #numbers: Float64Array;
  #texts: TextCellsBuilder | null = null;
  #dictionary: DecodedArray = [];
  #row = 0;

  /** @param highest definition level: that of a value that is there */
  constructor(type: ParquetType, unsigned: boolean, highest: number, rows: number) {
    this.#type = type;
    this.#unsigned = unsigned;
    this.#highest = highest;
    this.#numbers = new Float64Array(rows);
  }

  dictionary(values: DecodedArray): void {
    this.#dictionary = this.#exact(values);
  }

  add({ count, levels, values, isIndices }: Page): void {
    const given = isIndices ? this.#dictionary : this.#exact(values);
    let next = 0;
    for (let i = 0; i < count; i += 1) {
      if (levels !== null && levels[i] !== this.#highest) {
        this.#put(NaN);
        continue;
      }
      const at = isIndices ? Number(values[next]) : next;
      this.#put(given[at] as number | bigint);
      next += 1;
    }
  }

  finish(): Cells {
    return this.#texts?.finish() ?? numberCells(this.#numbers);
  }

  #put(value: number | bigint): void {
    const isExact = typeof value === 'number' && value - value === 0;
    if (this.#texts === null && (isExact || Number.isNaN(value))) {
      this.#numbers[this.#row] = value as number;
    } else {
      this.#texts ??= this.#asTexts();
      this.#texts.push(Number.isNaN(value) ? '' : String(value));
    }
    this.#row += 1;
  }

  #asTexts(): TextCellsBuilder {
    const texts = new TextCellsBuilder();
    for (let row = 0; row < this.#row; row += 1) {
      const value = this.#numbers[row] ?? NaN;
      texts.push(Number.isNaN(value) ? '' : String(value));
    }
    return texts;
  }

  /** Stored values as numbers, or as bigints where a number would not be exact. */
  #exact(values: DecodedArray): DecodedArray {
    if (values instanceof BigInt64Array) return integers64(values, this.#unsigned);
    if (this.#type === 'INT32' && this.#unsigned)
      return Array.from(values, (one) => Number(one) >>> 0);
    if (this.#type === 'FIXED_LEN_BYTE_ARRAY') {
      return Array.from(values, (one) => parseFloat16(one as Uint8Array) ?? NaN);
    }
    return values;
  }
}

/** From their two halves, since a bigint for each would take most of the time. */
function integers64(values: BigInt64Array, unsigned: boolean): DecodedArray {
  const halves = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < values.length; i += 1) {
    const high = halves[2 * i + 1] ?? 0;
    const value = (unsigned ? high >>> 0 : high) * TWO_32 + ((halves[2 * i] ?? 0) >>> 0);
    if (!Number.isSafeInteger(value)) {
      return Array.from(values, (one) => exactInteger(unsigned ? BigInt.asUintN(64, one) : one));
    }
    numbers[i] = value;
  }
  return numbers;
}

function exactInteger(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
