import { inputError } from '#core/errors.ts';
import { ByteCells } from '../../byte-cells.ts';
import type { Doubt } from '../../table.ts';
import { FieldIndex } from '../csv/field-index.ts';
import { textBytesFor, type TextBytes } from '../csv/text-bytes.ts';
import { encodingOf, TextDecoding } from '../decode-text.ts';
import { linesIn } from '../lines-in.ts';
import type { FileBytes, Reader, ReadTable } from '../reader.ts';
import type { ReadSettings } from '../settings.ts';
import { holdsRows } from './holds-rows.ts';

/** What the one column is called: the input of a model that learns from it. */
const COLUMN = 'text';
/** No byte of UTF-8, so that nothing parts or encloses fields but line ends. */
const NOTHING = { delimiter: 0xff, quote: -1 };
/** A line becomes one string, of which browsers hold half a milliard characters. */
const LONGEST_LINE = 1 << 28;
const CR = 13;
const SPACE = 32;

/**
 * A text as it is: a row for each line, blank ones too, and any kind of line end. Joined by line feeds the rows are the
 * text again, without the end of its last line.
 */
export const plainTextReader: Reader = {
  format: 'text',
  recognizes: (head, name) =>
    /\.(md|markdown)$/.test(name) || (/\.(txt|text)$/.test(name) && !holdsRows(head)),
  async read(file, settings) {
    const text = new PlainText(settings, file, await textBytesFor(file));
    let ended = false;
    for await (const chunk of file.chunks) {
      // What fits into the head is one chunk.
      ended = file.complete;
      text.push(chunk, ended);
      file.rowsRead(text.lines);
    }
    if (!ended) text.push(new Uint8Array(0), true);
    return text.finish();
  },
};

class PlainText {
  readonly #decoding: TextDecoding;
  readonly #index: FieldIndex;
  #hasReturns = false;

  constructor({ encoding }: ReadSettings, { head, sizeHint }: FileBytes, bytes: TextBytes) {
    this.#decoding = new TextDecoding(encoding ?? encodingOf(head));
    this.#index = new FieldIndex(NOTHING, bytes, sizeHint, () => true, LONGEST_LINE);
  }

  /** Lines that have ended so far. */
  get lines(): number {
    return this.#index.line - 1;
  }

  push(bytes: Uint8Array, last: boolean): void {
    const lineOf = (text: string): number => this.#index.line + linesIn(text);
    const { utf8 } = this.#decoding.decodePiece(bytes, last, lineOf);
    this.#hasReturns ||= utf8.includes(CR);
    this.#index.push(utf8);
  }

  finish(): ReadTable {
    this.#index.finish();
    const { bytes, starts } = this.#index;
    const all = bytes.finish();
    const rows = this.lines;
    if (all.every((byte) => byte <= SPACE)) throw holdsNothing(rows);
    const { comparison, parsing } = bytes;
    const shape = { starts: starts.finish(), width: 1, rows, ...NOTHING, hasEscapes: false };
    const cells = new ByteCells({ bytes: all, ...shape, comparison, parsing }, 0);
    return {
      table: { names: [COLUMN], columns: [cells], rowCount: rows },
      doubts: [...this.#decoding.doubts, ...this.#lineEnds()],
      reading: { format: 'text', encoding: this.#decoding.encoding, text: COLUMN },
    };
  }

  #lineEnds(): Doubt[] {
    if (!this.#hasReturns) return [];
    return [
      {
        message:
          'Lines end in a carriage return (CR), as on Windows; each line end is read as one line feed, and so is any CR inside a line.',
      },
    ];
  }
}

function holdsNothing(lines: number): Error {
  return inputError(
    'empty_file',
    lines === 0
      ? 'The file is empty: it holds no text.'
      : `The file holds no text: its ${lines === 1 ? 'one line is' : `${lines} lines are`} blank.`,
    'Open or paste a text.',
  );
}
