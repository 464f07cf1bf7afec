import Papa from 'papaparse';
import { createSHA256 } from 'hash-wasm';
import { inputError } from '#core/errors.ts';
import { Breather } from '#core/pause.ts';
import { detectFormat, notUtf8Error, refuseKnownBinary, type CsvFormat } from './csv-format.ts';
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

/** Text to look at before delimiter and newline are guessed. */
const SAMPLE_LENGTH = 1 << 16;

/**
 * Reads a CSV text in UTF-8, block by block, in one pass that also hashes it. Papaparse finds the
 * fields; decoding and block boundaries are ours, since its own streaming cuts multi-byte characters.
 * @throws TerrariumError (input) that names the line, for everything that cannot be read as a table
 */
export async function readCsv(
  source: ReadableStream<Uint8Array>,
  options: ReadOptions = {},
): Promise<CsvContents> {
  const hash = await createSHA256();
  const breather = new Breather(options.signal);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = source.getReader();
  let builder: TableBuilder | null = null;
  let format: CsvFormat | null = null;
  let text = '';
  let bytes = 0;

  const decode = (chunk: Uint8Array | undefined): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch {
      throw notUtf8Error(builder?.line ?? 1);
    }
  };

  try {
    for (;;) {
      await breather.breathe();
      const { done, value } = await reader.read();
      if (value !== undefined) {
        if (bytes === 0) refuseKnownBinary(value.subarray(0, 4096));
        hash.update(value);
        bytes += value.byteLength;
      }
      text += decode(value);
      if (format === null && !done && text.length < SAMPLE_LENGTH) continue;
      if (text.includes('\0')) {
        throw inputError(
          'not_text',
          `The file is not text: near line ${builder?.line ?? 1} it has zero bytes.`,
          'Open a CSV text in UTF-8.',
        );
      }
      format ??= detectFormat(text.slice(0, SAMPLE_LENGTH), done);
      builder ??= new TableBuilder(format);
      text = parseBlock(text, format, builder, done);
      options.onProgress?.(bytes, builder.rowCount);
      if (done) break;
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
  const { table, doubts } = builder.finish();
  return { table, doubts, delimiter: format.delimiter, sha256: hash.digest('hex'), bytes };
}

/** Parses the whole records of a block and gives back the text of the unfinished one. */
function parseBlock(text: string, format: CsvFormat, builder: TableBuilder, last: boolean): string {
  const parser = new Papa.Parser({ ...format, quoteChar: '"' });
  const result = parser.parse(text, 0, !last) as Papa.ParseResult<string[]>;
  const firstError = result.errors.find((error) => error.type === 'Quotes');
  const good = firstError?.row === undefined ? result.data : result.data.slice(0, firstError.row);
  for (const record of good) builder.add(record);
  if (firstError !== undefined) {
    const line = builder.line;
    throw firstError.code === 'MissingQuotes'
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
  return text.slice(result.meta.cursor);
}
