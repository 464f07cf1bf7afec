import type { FileBytes, Reader, ReadTable } from '../reader.ts';
import type { ReadSettings } from '../settings.ts';
import { CsvTable } from './csv-table.ts';
import { encodingOf, TextDecoding } from '../decode-text.ts';
import {
  detectDelimiter,
  detectHeader,
  detectQuote,
  SEPARATOR_LINE,
  type CsvFormat,
} from './detect-format.ts';
import { textBytesFor, type TextBytes } from './text-bytes.ts';

/**
 * Text tables: CSV, TSV and their kin. The fields are found in the bytes, and stay there: a parser that makes
 * a string of every cell needs longer for that alone than typing and profiling the table takes.
 */
export const csvReader: Reader = {
  format: 'csv',
  recognizes: () => true,
  async read(file, settings) {
    const text = new CsvText(settings, file, await textBytesFor(file));
    let ended = false;
    for await (const chunk of file.chunks) {
      // What fits into the head is one chunk.
      ended = file.complete;
      text.push(chunk, ended);
      file.rowsRead(text.rowCount);
    }
    if (!ended) text.push(new Uint8Array(0), true);
    return text.finish();
  },
};

/** From bytes to records: checks the encoding, finds the format in the beginning, and hands the text on as UTF-8. */
class CsvText {
  readonly #settings: ReadSettings;
  readonly #decoding: TextDecoding;
  readonly #sizeHint: number;
  readonly #bytes: TextBytes;
  #format: CsvFormat = { delimiter: ',', quote: '"' };
  #table: CsvTable | null = null;

  constructor(settings: ReadSettings, { head, sizeHint }: FileBytes, bytes: TextBytes) {
    this.#settings = settings;
    this.#sizeHint = sizeHint;
    this.#bytes = bytes;
    this.#decoding = new TextDecoding(settings.encoding ?? encodingOf(head));
  }

  get rowCount(): number {
    return this.#table?.rowCount ?? 0;
  }

  push(bytes: Uint8Array, last: boolean): void {
    const lineOf = (text: string): number => (this.#table?.line ?? 1) + lineEndsIn(text);
    const piece = this.#decoding.decodePiece(bytes, last, lineOf);
    // The first block is at least the head, unless the file ends before.
    this.#table ??= this.#open(piece.text, last);
    this.#table.push(piece.utf8);
  }

  finish(): ReadTable {
    const table = this.#table ?? this.#open('', true);
    const contents = table.finish();
    const { delimiter, quote } = this.#format;
    const { encoding, guessed } = this.#decoding;
    const doubts = guessed
      ? [{ message: 'The file is not UTF-8; it was read as Latin-1 (Windows-1252).' }]
      : [];
    if (!table.hasHeader && this.#settings.header === undefined) {
      doubts.push({
        message:
          'The first line holds numbers like the lines below it, so it was read as a row, and the columns have numbers for names. Say when importing if it names the columns.',
      });
    }
    return {
      table: contents.table,
      doubts: [...doubts, ...contents.doubts],
      reading: { format: 'csv', encoding, delimiter, quote, header: table.hasHeader },
    };
  }

  #open(text: string, last: boolean): CsvTable {
    const said = SEPARATOR_LINE.exec(text);
    const table = said === null ? text : text.slice(said[0].length);
    const quote = this.#settings.quote ?? detectQuote(table);
    const delimiter = this.#settings.delimiter ?? said?.[1] ?? detectDelimiter(table, last, quote);
    this.#format = { delimiter, quote };
    const header = this.#settings.header ?? detectHeader(table, last, this.#format);
    return new CsvTable(
      this.#format,
      { header, skipsLine: said !== null },
      this.#bytes,
      this.#sizeHint,
    );
  }
}

function lineEndsIn(text: string): number {
  return text.split(/\r\n|\r|\n/).length - 1;
}
