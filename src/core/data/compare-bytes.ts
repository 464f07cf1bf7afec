import type { FieldColumn, FieldComparison } from './field-text.ts';

const LF = 10;
const CR = 13;
/** Odd factors of two multiplicative hashes over a text's bytes: FNV-1a's, and another. */
const FACTORS = [0x01000193, 0x85ebca6b] as const;

/** Compares fields byte by byte, where a text is not in a kernel's memory. */
export const compareBytes: FieldComparison = { exactBytes: -1, hash, areSame };

function hash({ text, column }: FieldColumn, first: number, last: number): Int32Array {
  const { bytes, starts, width, quote, delimiter } = text;
  const [factorA, factorB] = FACTORS;
  const hashes = new Int32Array(3 * (last - first));
  let at = 0;
  for (let row = first; row < last; row += 1) {
    let from = starts[row * width + column] ?? 0;
    let a = 0x811c9dc5 | 0;
    let b = a;
    const isQuoted = bytes[from] === quote;
    if (isQuoted) from += 1;
    let to = from;
    for (;;) {
      const byte = bytes[to] ?? (isQuoted ? quote : LF);
      if (isQuoted ? byte === quote : byte === delimiter || byte === LF || byte === CR) break;
      a = Math.imul(a ^ byte, factorA);
      b = Math.imul(b ^ byte, factorB);
      to += 1;
    }
    hashes[at] = a ^ (a >>> 15);
    hashes[at + 1] = b;
    hashes[at + 2] = to - from;
    at += 3;
  }
  return hashes;
}

function areSame({ text, column }: FieldColumn, from: number, others: Uint32Array): boolean {
  const { bytes, starts, width, quote, delimiter } = text;
  for (let i = 0; i < others.length; i += 1) {
    let at = starts[(from + i) * width + column] ?? 0;
    let other = starts[(others[i] ?? 0) * width + column] ?? 0;
    if (at === other) continue;
    if (bytes[other] === quote) other += 1;
    const isQuoted = bytes[at] === quote;
    if (isQuoted) at += 1;
    for (;;) {
      const byte = bytes[at] ?? LF;
      if (isQuoted ? byte === quote : byte === delimiter || byte === LF || byte === CR) break;
      if (byte !== bytes[other]) return false;
      at += 1;
      other += 1;
    }
  }
  return true;
}
