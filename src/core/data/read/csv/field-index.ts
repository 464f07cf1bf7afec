import { inputError } from '#core/errors.ts';
import { GrowingOffsets } from '../../growing.ts';
import { MARKED, type Marks, type TextBytes } from './text-bytes.ts';

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
/** Bytes of one record; a longer one is a file without line ends, or an unclosed quote. */
const MAX_RECORD = 1 << 24;

/** Where in a field the next byte stands. */
const places = {
  begin: 0,
  plain: 1,
  quoted: 2,
  /** Behind a quote inside quotes: it closes the field, or is the first of two. */
  quoteSeen: 3,
  /** Blanks between a closing quote and the delimiter. */
  closed: 4,
} as const;
type Place = (typeof places)[keyof typeof places];

/** One record as it was found. */
export interface FoundRecord {
  /** Number of the line, from 1, on which it begins. */
  readonly line: number;
  readonly fields: number;
  /** Index of its first field among the offsets. */
  readonly first: number;
  /** Offset behind its last byte. */
  readonly end: number;
}

/**
 * Finds where each field of a delimited text begins (RFC 4180, any mixture of line ends), in one pass over its
 * bytes, which arrive in pieces cut anywhere.
 */
export class FieldIndex {
  readonly bytes: TextBytes;
  readonly starts = new GrowingOffsets();
  hasEscapes = false;
  /** Number of the line, from 1, on which the open record begins. */
  line = 1;
  readonly #delimiter: number;
  readonly #quote: number;
  readonly #sizeHint: number;
  readonly #longest: number;
  /** Takes a record; false drops it again. */
  readonly #onRecord: (record: FoundRecord) => boolean;
  #at = 0;
  #place: Place = places.begin;
  #recordStart = 0;
  #firstField = 0;
  /** Line ends inside the open record's quotes. */
  #innerLines = 0;
  #afterReturn = false;

  /**
   * @param bytes where the text goes
   * @param sizeHint its size in bytes, as far as it is known
   * @param longest bytes that one record has at most
   */
  constructor(
    marks: Marks,
    bytes: TextBytes,
    sizeHint: number,
    onRecord: (record: FoundRecord) => boolean,
    longest = MAX_RECORD,
  ) {
    this.bytes = bytes;
    this.#sizeHint = sizeHint;
    this.#delimiter = marks.delimiter;
    this.#quote = marks.quote;
    this.#onRecord = onRecord;
    this.#longest = longest;
  }

  push(piece: Uint8Array): void {
    this.bytes.append(piece);
    this.#scan();
    this.#reserve();
    if (this.#at - this.#recordStart > this.#longest) {
      throw endlessRecord(this.line, this.#longest, this.#quote >= 0);
    }
  }

  /** Room for as many fields as the rest has, if it is like what came: growing step by step would take twice as much. */
  #reserve(): void {
    if (this.#sizeHint <= this.bytes.length) return;
    const expected = (this.starts.length / this.bytes.length) * this.#sizeHint;
    if (expected > this.starts.capacity) this.starts.reserve(Math.ceil(1.25 * expected));
  }

  /** Ends the last record, and puts a line end behind it. */
  finish(): void {
    if (this.#place === places.quoted) throw badQuote(true, this.line);
    const open = this.#at > this.#recordStart;
    this.bytes.append(Uint8Array.of(LF));
    if (open) this.#endRecord();
  }

  /** From mark to mark: of the bytes between two there is only to know that they are there. */
  #scan(): void {
    const end = this.bytes.length;
    const marks = { delimiter: this.#delimiter, quote: this.#quote };
    while (this.#at < end) {
      const to = Math.min(end, this.#at + MARKED);
      const found = this.bytes.marksIn(this.#at, to, marks);
      const bytes = this.bytes.all;
      for (let i = this.#passDelimiters(bytes, found, 0); i < found.length;) {
        const at = found[i] ?? 0;
        if (at > this.#at) this.#pass(at);
        this.#take(at, bytes[at] ?? 0);
        this.#at = at + 1;
        i = this.#passDelimiters(bytes, found, i + 1);
      }
      if (to > this.#at) this.#pass(to);
      this.#at = to;
    }
  }

  /**
   * The short way for what most marks are: a delimiter behind another, with nothing or a plain field between them.
   * @returns the first mark from `i` on that is something else
   */
  #passDelimiters(bytes: Uint8Array, marks: Uint32Array, i: number): number {
    if (this.#place !== places.begin || this.#at === this.#recordStart) return i;
    const delimiter = this.#delimiter;
    let next = i;
    while (next < marks.length && bytes[marks[next] ?? 0] === delimiter) next += 1;
    if (next === i) return i;
    this.starts.pushShifted(marks, 1, i, next);
    this.#at = (marks[next - 1] ?? 0) + 1;
    return next;
  }

  /** Bytes up to `to` that are no marks. */
  #pass(to: number): void {
    if (this.#place === places.begin) {
      if (this.#at === this.#recordStart) this.#beginRecord(this.#at);
      this.#place = places.plain;
      this.#afterReturn = false;
    } else if (this.#place === places.quoted) this.#afterReturn = false;
    else if (this.#place !== places.plain) {
      for (let at = this.#at; at < to; at += 1) {
        const byte = this.bytes.all[at];
        if (byte !== SPACE && byte !== TAB) throw badQuote(false, this.line);
      }
      this.#place = places.closed;
    }
  }

  #take(at: number, byte: number): void {
    if (this.#place === places.quoted) {
      if (byte === this.#quote) this.#place = places.quoteSeen;
      else this.#countLines(byte);
    } else if (byte === this.#delimiter) {
      if (at === this.#recordStart) this.#beginRecord(at);
      this.starts.push(at + 1);
      this.#place = places.begin;
    } else if (byte !== this.#quote) this.#endLine(at, byte);
    else if (this.#place === places.begin) {
      if (at === this.#recordStart) this.#beginRecord(at);
      this.#place = places.quoted;
      this.#afterReturn = false;
    } else if (this.#place === places.quoteSeen) {
      this.hasEscapes = true;
      this.#place = places.quoted;
    } else if (this.#place === places.closed) throw badQuote(false, this.line);
  }

  #endLine(at: number, byte: number): void {
    if (byte === LF && this.#afterReturn && at === this.#recordStart) {
      // The second half of a line end.
      this.#recordStart = at + 1;
      this.#afterReturn = false;
      return;
    }
    this.#at = at;
    this.#endRecord();
    this.#afterReturn = byte === CR;
    this.#place = places.begin;
  }

  #beginRecord(at: number): void {
    this.#firstField = this.starts.length;
    this.starts.push(at);
  }

  #endRecord(): void {
    const end = this.#at;
    if (end === this.#recordStart) this.#beginRecord(end);
    const first = this.#firstField;
    const record = { line: this.line, fields: this.starts.length - first, first, end };
    if (!this.#onRecord(record)) this.starts.truncate(first);
    this.line += 1 + this.#innerLines;
    this.#innerLines = 0;
    this.#recordStart = end + 1;
  }

  /** A return and the line feed behind it are one line end. */
  #countLines(byte: number): void {
    if (byte === CR || (byte === LF && !this.#afterReturn)) this.#innerLines += 1;
    this.#afterReturn = byte === CR;
  }
}

function endlessRecord(line: number, longest: number, hasQuotes: boolean): Error {
  return inputError(
    'line_too_long',
    `Line ${line}: a record does not end within ${longest / (1 << 20)} MiB.`,
    `Check that the file has line ends${hasQuotes ? ', and that every quoted field closes' : ''}.`,
    { line },
  );
}

function badQuote(unclosed: boolean, line: number): Error {
  return unclosed
    ? inputError(
        'unclosed_quote',
        `Line ${line}: a quoted field that begins in this record never closes.`,
        'Close the quote, or double a quote that belongs to the text (""). Where it encloses nothing, set what does: data.read.quote.',
        { line },
      )
    : inputError(
        'malformed_quote',
        `Line ${line}: a quoted field is followed by more text before the next delimiter.`,
        'Double a quote that belongs to the text (""). Where it encloses nothing, set what does: data.read.quote.',
        { line },
      );
}
