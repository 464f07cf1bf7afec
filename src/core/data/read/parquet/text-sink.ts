import type { DecodedArray } from 'hyparquet';
import type { Cells } from '../../cells.ts';
import { TextCellsBuilder } from '../../text-cells.ts';
import type { Page } from './pages.ts';
import type { Sink } from './sink.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });
const MAX_KNOWN = 50_000;
const none = new Uint8Array(0);

/** A column of texts, or of values that are written as texts. */
export class TextSink implements Sink {
  readonly #cells = new TextCellsBuilder();
  readonly #text: (value: unknown) => string | Uint8Array;
  readonly #highest: number;
  #dictionary: Uint8Array[] = [];
  /** Texts of values that are not bytes, such as days, which come again and again. */
  readonly #known = new Map<unknown, Uint8Array>();

  /**
   * @param text writes a stored value; bytes are taken for UTF-8
   * @param highest definition level: that of a value that is there
   */
  constructor(text: (value: unknown) => string | Uint8Array, highest: number) {
    this.#text = text;
    this.#highest = highest;
  }

  dictionary(values: DecodedArray): void {
    this.#dictionary = Array.from(values, (value) => this.#written(value));
  }

  add({ count, levels, values, isIndices }: Page): void {
    let next = 0;
    for (let i = 0; i < count; i += 1) {
      if (levels !== null && levels[i] !== this.#highest) {
        this.#cells.pushUtf8(none);
        continue;
      }
      const value = values[next] as unknown;
      next += 1;
      const text = isIndices ? this.#dictionary[value as number] : this.#written(value);
      this.#cells.pushUtf8(text ?? none);
    }
  }

  finish(): Cells {
    return this.#cells.finish();
  }

  #written(value: unknown): Uint8Array {
    if (value instanceof Uint8Array) {
      const text = this.#text(value);
      if (typeof text === 'string') return encoder.encode(text);
      if (!isAscii(text)) checkUtf8(text);
      return text;
    }
    let text = this.#known.get(value);
    if (text === undefined) {
      text = encoder.encode(String(this.#text(value)));
      if (this.#known.size < MAX_KNOWN) this.#known.set(value, text);
    }
    return text;
  }
}

function isAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte >= 0x80) return false;
  return true;
}

export function checkUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new RangeError('it holds bytes that are no text (UTF-8), perhaps pictures');
  }
}
