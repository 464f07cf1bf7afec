import type Papa from 'papaparse';
import { inputError } from '#core/errors.ts';
import type { FileBytes, Reader, ReadTable } from '../reader.ts';
import type { ReadSettings } from '../settings.ts';
import { encodingOf, TextDecoding } from '../decode-text.ts';
import {
  detectDelimiter,
  detectHeader,
  detectQuote,
  newParser,
  type CsvFormat,
} from './detect-format.ts';
import { LineEnds } from './line-ends.ts';
import { TableBuilder } from './table-builder.ts';

/** Characters of one record; a longer one is a file without line ends, or an unclosed quote. */
const MAX_RECORD = 1 << 24;

/**
 * Text tables: CSV, TSV and their kin. Papaparse finds the fields; decoding, line ends and block
 * boundaries are ours, since its own streaming cuts multi-byte characters and takes one kind of line end
 * for granted.
 */
export const csvReader: Reader = {
  format: 'csv',
  recognizes: () => true,
  async read(file, settings) {
    const text = new CsvText(settings, file);
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

/** From bytes to records: decodes, finds the format in the beginning, and hands records on. */
class CsvText {
  readonly #settings: ReadSettings;
  readonly #decoding: TextDecoding;
  #format: CsvFormat = { delimiter: ',', quote: '"' };
  #builder = new TableBuilder(true);
  #lineEnds: LineEnds | null = null;
  #begin = '';
  #rest = '';
  #parsedTo = 0;

  constructor(settings: ReadSettings, file: Pick<FileBytes, 'head'>) {
    this.#settings = settings;
    this.#decoding = new TextDecoding(settings.encoding ?? encodingOf(file.head));
  }

  get rowCount(): number {
    return this.#builder.rowCount;
  }

  push(bytes: Uint8Array, last: boolean): void {
    const lineOf = (text: string): number =>
      this.#builder.line + linesIn(this.#begin) + linesIn(this.#rest) + linesIn(text);
    let text = this.#decoding.decode(bytes, last, lineOf);
    if (this.#lineEnds === null) {
      // The first block is at least the head, unless the file ends before.
      text = this.#begin + text;
      this.#begin = '';
      this.#lineEnds = this.#open(text, last);
    }
    this.#rest += this.#lineEnds.push(text, last);
    // A record that is still open after twice the text is worth another look.
    if (!last && this.#rest.length < 2 * this.#parsedTo) return;
    this.#parse(last);
  }

  finish(): ReadTable {
    const { table, doubts } = this.#builder.finish();
    const { delimiter, quote } = this.#format;
    const encoding = this.#decoding.encoding;
    const guessed = this.#decoding.guessed
      ? [{ message: 'The file is not UTF-8; it was read as Latin-1 (Windows-1252).' }]
      : [];
    return {
      table,
      doubts: [...guessed, ...doubts],
      reading: { format: 'csv', encoding, delimiter, quote, header: this.#builder.hasHeader },
    };
  }

  #open(text: string, last: boolean): LineEnds {
    const quote = this.#settings.quote ?? detectQuote(text);
    const delimiter = this.#settings.delimiter ?? detectDelimiter(text, last, quote);
    this.#format = { delimiter, quote };
    this.#builder = new TableBuilder(
      this.#settings.header ?? detectHeader(text, last, this.#format),
      this.#settings.header !== undefined,
    );
    return new LineEnds(delimiter, quote);
  }

  #parse(last: boolean): void {
    const parser = newParser(this.#format);
    const result = parser.parse(this.#rest, 0, !last) as Papa.ParseResult<string[]>;
    const quoteError = result.errors.find((error) => error.type === 'Quotes');
    const good = quoteError?.row === undefined ? result.data : result.data.slice(0, quoteError.row);
    const isFlat = !this.#rest.includes(this.#format.quote || '\0');
    for (const record of good) this.#builder.add(record, isFlat);
    if (quoteError !== undefined) {
      throw badQuote(quoteError.code === 'MissingQuotes', this.#builder.line);
    }
    this.#rest = this.#rest.slice(result.meta.cursor);
    this.#parsedTo = this.#rest.length;
    if (this.#rest.length > MAX_RECORD) throw endlessRecord(this.#builder.line);
  }
}

/** Lines that end in a text. */
function linesIn(text: string): number {
  return text.split(/\r\n|\r|\n/).length - 1;
}

function endlessRecord(line: number): Error {
  return inputError(
    'line_too_long',
    `Line ${line}: a record does not end within ${MAX_RECORD / (1 << 20)} million characters.`,
    'Check that the file has line ends, and that every quoted field closes.',
    { line },
  );
}

function badQuote(unclosed: boolean, line: number): Error {
  return unclosed
    ? inputError(
        'unclosed_quote',
        `Line ${line}: a quoted field that begins in this record never closes.`,
        'Close the quote, or double a quote that belongs to the text ("").',
        { line },
      )
    : inputError(
        'malformed_quote',
        `Line ${line}: a quoted field is followed by more text before the next delimiter.`,
        'Double a quote that belongs to the text ("").',
        { line },
      );
}
