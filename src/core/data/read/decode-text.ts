import { inputError } from '#core/errors.ts';
import { areAscii } from '../ascii.ts';
import type { Encoding } from './settings.ts';

const labels: Record<Encoding, string> = {
  'utf-8': 'utf-8',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  // Files called Latin-1 hold Windows-1252, which has the same letters and more: browsers read both so.
  'latin-1': 'windows-1252',
};

/** What Windows-1252 has for the bytes from 0x80 on; Node decodes them as control characters. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** The encoding that a file's first bytes tell; null leaves UTF-8, with Latin-1 behind it. */
export function encodingOf(head: Uint8Array): Encoding | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  return zerosOfUtf16(head);
}

/** Signs between fields and lines, and digits: of ASCII what tables and JSON of any script have. */
const SIGNS = new Set(Array.from('\t\n\r ",;|:[]{}0123456789', (sign) => sign.charCodeAt(0)));

/**
 * In UTF-16 without a byte order mark a zero stands in every other byte of Latin text, and of a table in any script
 * beside its signs. Bytes that are text two by two are no UTF-16 with a few zeros, but a damaged file.
 */
function zerosOfUtf16(head: Uint8Array): Encoding | null {
  const length = Math.min(head.length & ~1, 1024);
  if (length < 4) return null;
  const zeros = [0, 0];
  const signs = [0, 0];
  let pairs = 0;
  for (let i = 0; i < length; i += 2) {
    const [first = 0, second = 0] = [head[i], head[i + 1]];
    for (const [side, [zero, other]] of [
      [first, second],
      [second, first],
    ].entries()) {
      if (zero !== 0) continue;
      zeros[side] = (zeros[side] ?? 0) + 1;
      if (SIGNS.has(other ?? 0)) signs[side] = (signs[side] ?? 0) + 1;
    }
    if (isPrinted(first) && isPrinted(second)) pairs += 1;
  }
  const units = length / 2;
  const isOn = (side: 0 | 1, other: 0 | 1): boolean => {
    const [ours = 0, theirs = 0] = [zeros[side], zeros[other]];
    const [own = 0, strange = 0] = [signs[side], signs[other]];
    const isLatin = ours > 0.7 * units && theirs < 0.1 * units;
    return isLatin || (own > 0.08 * units && strange < 0.1 * own && pairs < 0.6 * units);
  };
  if (isOn(1, 0)) return 'utf-16le';
  return isOn(0, 1) ? 'utf-16be' : null;
}

function isPrinted(byte: number): boolean {
  return byte >= 0x20 && byte < 0x7f;
}

const encoder = new TextEncoder();

export interface DecodedPiece {
  /** The text as a string, which is made by asking for it where the bytes are known to be one. */
  readonly text: string;
  readonly utf8: Uint8Array;
}

/** A piece of ASCII, and no zero in it. */
class AsciiPiece implements DecodedPiece {
  readonly utf8: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.utf8 = bytes;
  }

  get text(): string {
    return asciiDecoder.decode(this.utf8);
  }
}

const asciiDecoder = new TextDecoder();

/**
 * Decodes a file's bytes as they come. Without a known encoding it begins as UTF-8; at the first byte that is not,
 * it goes on as Latin-1 if all before was ASCII, which is the same in both.
 */
export class TextDecoding {
  #encoding: Encoding;
  readonly #settled: boolean;
  #decoder: TextDecoder;
  #isAscii = true;
  #begun = false;
  /** Bytes of a character that the next piece completes (UTF-8). */
  #held = new Uint8Array(0);

  constructor(settled: Encoding | null) {
    this.#settled = settled !== null;
    this.#encoding = settled ?? 'utf-8';
    // UTF-8's byte order mark is left out by hand: not every piece goes through the decoder.
    const ignoreBOM = this.#encoding === 'utf-8';
    this.#decoder = new TextDecoder(labels[this.#encoding], { fatal: true, ignoreBOM });
  }

  get encoding(): Encoding {
    return this.#encoding;
  }

  /** Whether the file turned out not to be UTF-8, and Latin-1 was taken. */
  get guessed(): boolean {
    return !this.#settled && this.#encoding === 'latin-1';
  }

  /** What a person should know of the encoding. */
  get doubts(): readonly { readonly message: string }[] {
    if (!this.guessed) return [];
    return [{ message: 'The file is not UTF-8; it was read as Latin-1 (Windows-1252).' }];
  }

  /**
   * @param lineOf line on which a text ends that follows what was decoded before
   * @throws TerrariumError that names the line of bytes that are no text
   */
  decode(bytes: Uint8Array, last: boolean, lineOf: (text: string) => number): string {
    return this.decodePiece(bytes, last, lineOf).text;
  }

  /** As `decode`, and the same text in UTF-8, for free where the file is in it. */
  decodePiece(bytes: Uint8Array, last: boolean, lineOf: (text: string) => number): DecodedPiece {
    if (this.#encoding === 'utf-8' && this.#held.length === 0 && isPlain(bytes)) {
      this.#begun ||= bytes.length > 0;
      return new AsciiPiece(bytes);
    }
    const piece = this.#decode(bytes, last, lineOf);
    const zero = piece.text.indexOf('\0');
    if (zero < 0) return piece;
    const { text } = piece;
    const line = lineOf(text.slice(0, zero));
    throw notText(line, 'it has zero bytes');
  }

  #decode(bytes: Uint8Array, last: boolean, lineOf: (text: string) => number): DecodedPiece {
    if (this.#encoding !== 'utf-8') return this.#plain(bytes, last, lineOf);
    const all = this.#held.length === 0 ? bytes : concat(this.#held, bytes);
    const cut = last ? all.length : all.length - unfinished(all);
    const whole = all.subarray(0, cut);
    this.#held = all.slice(cut);
    try {
      const text = this.#decoder.decode(whole, { stream: !last });
      const hasMark = !this.#begun && whole[0] === 0xef && whole[1] === 0xbb && whole[2] === 0xbf;
      this.#begun ||= whole.length > 0;
      if (hasMark) return { text: text.slice(1), utf8: whole.subarray(3) };
      // Any character beyond ASCII has more bytes than units.
      this.#isAscii &&= text.length === whole.length;
      return { text, utf8: whole };
    } catch {
      return this.#asLatin1(all, last, lineOf);
    }
  }

  #asLatin1(bytes: Uint8Array, last: boolean, lineOf: (text: string) => number): DecodedPiece {
    const before = new TextDecoder().decode(bytes).split('\uFFFD', 1)[0] ?? '';
    const line = lineOf(before);
    const control = bytes.filter((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13);
    if (control.length > bytes.length / 100) throw notText(line, 'it holds bytes that no text has');
    // Characters of UTF-8 before it would be read as two: that is no Latin-1 file, but a broken one.
    if (this.#settled || !this.#isAscii || /[^\0-\x7f]/.test(before)) {
      throw inputError(
        'encoding_broken',
        `The file is not wholly UTF-8: near line ${line} it holds bytes of another encoding, and before them characters of UTF-8.`,
        'Set the encoding, data.read.encoding, to Latin-1, or save the file as UTF-8.',
        { line },
      );
    }
    this.#held = new Uint8Array(0);
    this.#encoding = 'latin-1';
    this.#decoder = new TextDecoder(labels['latin-1']);
    return this.#plain(bytes, last, lineOf);
  }

  #plain(bytes: Uint8Array, last: boolean, lineOf: (text: string) => number): DecodedPiece {
    try {
      const decoded = this.#decoder.decode(bytes, { stream: !last });
      const text = this.#encoding === 'latin-1' ? windows1252(decoded) : decoded;
      return { text, utf8: encoder.encode(text) };
    } catch {
      throw inputError(
        'encoding_broken',
        `After line ${lineOf('')} the file holds bytes that are not ${this.#encoding.toUpperCase()}.`,
        'Set another encoding, data.read.encoding, or save the file as UTF-8.',
        { line: lineOf('') },
      );
    }
  }
}

function isPlain(bytes: Uint8Array): boolean {
  return areAscii(bytes) && !bytes.includes(0);
}

function windows1252(text: string): string {
  return text.replaceAll(/[\x80-\x9f]/g, (c) => WINDOWS_1252[c.charCodeAt(0) - 0x80] ?? c);
}

/** How many bytes at the end begin a character of UTF-8 without ending it. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return needed > back ? back : 0;
  }
  return 0;
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function notText(line: number, why: string): Error {
  return inputError(
    'not_text',
    `The file is not text: near line ${line} ${why}.`,
    'Open a text, a text table (CSV), JSON, Parquet or an Excel workbook.',
    { line },
  );
}
