import { inputError } from '#core/errors.ts';
import { encodingOf, TextDecoding } from '../decode-text.ts';
import { linesIn } from '../lines-in.ts';
import type { Reader } from '../reader.ts';
import { JsonRows } from './json-rows.ts';
import { JsonText } from './json-text.ts';
import { jsonHead } from './read-json.ts';

const MAX_LINE = 1 << 24;

/** One object per line, read as the file comes. */
export const jsonLinesReader: Reader = {
  format: 'json_lines',
  recognizes: (head, name) => /\.(jsonl|ndjson|jsonlines)$/.test(name) || isLines(jsonHead(head)),
  async read(file, settings) {
    const decoding = new TextDecoding(settings.encoding ?? encodingOf(file.head));
    const lines = new JsonLines();
    const lineOf = (text: string): number => lines.line + linesIn(text);
    for await (const chunk of file.chunks) {
      lines.push(decoding.decode(chunk, false, lineOf));
      file.rowsRead(lines.rows.rowCount);
    }
    lines.push(decoding.decode(new Uint8Array(0), true, lineOf));
    lines.push('\n');
    const { table, doubts } = lines.rows.finish();
    const blank = lines.blank > 0 ? [{ message: `Blank lines left out: ${lines.blank}.` }] : [];
    return {
      table,
      doubts: [...decoding.doubts, ...blank, ...doubts],
      reading: { format: 'json_lines', encoding: decoding.encoding },
    };
  },
};

/** Whether the first line is an object that ends in it, and another follows. */
function isLines(head: string): boolean {
  const end = head.search(/[\r\n]/);
  if (!head.startsWith('{') || end < 0 || !head.slice(end).trimStart().startsWith('{'))
    return false;
  try {
    new JsonText(head.slice(0, end)).skip(1);
    return true;
  } catch {
    return false;
  }
}

class JsonLines {
  readonly rows = new JsonRows();
  /** The open line, in pieces: joined once it ends. */
  #open: string[] = [];
  #openLength = 0;
  /** Blank lines since the last row; at the end of the file they are no news. */
  #blankSince = 0;
  blank = 0;
  /** Number of the line that is open, from 1. */
  line = 1;

  push(text: string): void {
    let from = 0;
    for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
      this.#open.push(text.slice(from, to));
      this.#take(this.#open.length === 1 ? (this.#open[0] ?? '') : this.#open.join(''));
      this.#open = [];
      this.#openLength = 0;
      this.line += 1;
      from = to + 1;
    }
    if (from === text.length) return;
    this.#open.push(text.slice(from));
    this.#openLength += text.length - from;
    if (this.#openLength > MAX_LINE) throw endlessLine(this.line);
  }

  #take(line: string): void {
    if (line.length > MAX_LINE) throw endlessLine(this.line);
    const json = new JsonText(line, this.line);
    if (json.peek() === '') {
      this.#blankSince += 1;
      return;
    }
    this.blank += this.#blankSince;
    this.#blankSince = 0;
    this.rows.take(json);
    if (json.peek() !== '') throw json.fault('more follows the object on its line');
  }
}

function endlessLine(line: number): Error {
  return inputError(
    'line_too_long',
    `Line ${line} is longer than ${MAX_LINE / (1 << 20)} million characters.`,
    'Write one object per line.',
    { line },
  );
}
