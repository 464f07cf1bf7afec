import Papa from 'papaparse';
import { createSHA256 } from 'hash-wasm';
import { inputError } from '#core/errors.ts';
import { Breather } from '#core/pause.ts';
import { detectDelimiter, notUtf8Error, refuseKnownBinary } from './csv-format.ts';
import { LineEnds } from './line-ends.ts';
import type { Doubt, Table } from './table.ts';
import { TableBuilder } from './table-builder.ts';

export interface ReadOptions {
  readonly signal?: AbortSignal;
  /** Called after every block with the bytes and data rows read so far. */
  readonly onProgress?: (bytesRead: number, rows: number) => void;
}

export interface CsvContents {
  readonly table: Table;
  readonly doubts: readonly Doubt[];
  readonly delimiter: string;
  /** SHA-256 of the bytes, lower-case hex. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Bytes to look at before the file is taken for text, and for its delimiter. */
const HEAD_BYTES = 1 << 16;

/**
 * Reads a CSV text in UTF-8, block by block, in one pass that also hashes it. Papaparse finds the
 * fields; decoding, line ends and block boundaries are ours, since its own streaming cuts multi-byte
 * characters and takes one kind of line end for granted.
 * @throws TerrariumError (input) that names the line, for everything that cannot be read as a table
 */
export async function readCsv(
  source: ReadableStream<Uint8Array>,
  options: ReadOptions = {},
): Promise<CsvContents> {
  const hash = await createSHA256();
  const breather = new Breather(options.signal);
  const reader = source.getReader();
  const text = new CsvText();
  let head: Uint8Array[] | null = [];
  let bytes = 0;
  try {
    for (;;) {
      await breather.breathe();
      const { done, value } = await reader.read();
      if (value !== undefined) {
        hash.update(value);
        bytes += value.byteLength;
        head?.push(value);
      }
      if (head !== null) {
        if (!done && bytes < HEAD_BYTES) continue;
        text.push(joined(head, bytes), done);
        head = null;
      } else text.push(value ?? new Uint8Array(0), done);
      options.onProgress?.(bytes, text.rowCount);
      if (done) break;
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
  return { ...text.finish(), sha256: hash.digest('hex'), bytes };
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

/** From bytes to records: decodes, finds the format on the first block, and hands records on. */
class CsvText {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  readonly #builder = new TableBuilder();
  #lineEnds: LineEnds | null = null;
  #delimiter = ',';
  #rest = '';

  get rowCount(): number {
    return this.#builder.rowCount;
  }

  push(bytes: Uint8Array, last: boolean): void {
    if (this.#lineEnds === null) refuseKnownBinary(bytes.subarray(0, 4096));
    const text = this.#decode(bytes, last);
    if (this.#lineEnds === null) {
      this.#delimiter = detectDelimiter(text, last);
      this.#lineEnds = new LineEnds(this.#delimiter);
    }
    this.#rest += this.#lineEnds.push(text, last);
    const parser = new Papa.Parser({ delimiter: this.#delimiter, newline: '\n', quoteChar: '"' });
    const result = parser.parse(this.#rest, 0, !last) as Papa.ParseResult<string[]>;
    const quoteError = result.errors.find((error) => error.type === 'Quotes');
    const good = quoteError?.row === undefined ? result.data : result.data.slice(0, quoteError.row);
    for (const record of good) this.#builder.add(record);
    if (quoteError !== undefined) {
      throw badQuote(quoteError.code === 'MissingQuotes', this.#builder.line);
    }
    this.#rest = this.#rest.slice(result.meta.cursor);
  }

  finish(): Pick<CsvContents, 'table' | 'doubts' | 'delimiter'> {
    return { ...this.#builder.finish(), delimiter: this.#delimiter };
  }

  #decode(bytes: Uint8Array, last: boolean): string {
    let text: string;
    try {
      text = this.#decoder.decode(bytes, { stream: !last });
    } catch {
      throw notUtf8Error(bytes, this.#builder.line + linesIn(this.#rest) + linesBefore(bytes));
    }
    if (!text.includes('\0')) return text;
    throw inputError(
      'not_text',
      `The file is not text: near line ${this.#builder.line} it has zero bytes.`,
      'Open a CSV text in UTF-8.',
      { line: this.#builder.line },
    );
  }
}

/** Lines that end in a text. */
function linesIn(text: string): number {
  return text.split(/\r\n|\r|\n/).length - 1;
}

/** Lines that end before the first byte that is not UTF-8. */
function linesBefore(bytes: Uint8Array): number {
  const text = new TextDecoder().decode(bytes);
  return linesIn(text.slice(0, Math.max(0, text.indexOf('\uFFFD'))));
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
