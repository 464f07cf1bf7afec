import type { FieldColumn, FieldParsing } from './field-text.ts';

const LF = 10;
const CR = 13;
const MINUS = 45;
const ZERO = 48;
const EXACT_DIGITS = 15;
const POWERS_OF_TEN = Array.from({ length: EXACT_DIGITS + 1 }, (_, k) => Number(`1e${k}`));

/** Reads numbers byte by byte, where a text is not in a kernel's memory. */
export const parseBytes: FieldParsing = { parse };

function parse(
  { text, column }: FieldColumn,
  from: number,
  to: number,
  mark: number,
  values: Float64Array,
): number {
  const { bytes, starts, width, quote, delimiter } = text;
  for (let row = from; row < to; row += 1) {
    let i = starts[row * width + column] ?? 0;
    const isQuoted = bytes[i] === quote;
    if (isQuoted) i += 1;
    const negative = bytes[i] === MINUS;
    if (negative) i += 1;
    const first = i;
    let value = 0;
    let point = -1;
    let byte = bytes[i] ?? LF;
    for (;;) {
      if (byte >= ZERO && byte <= 57) value = value * 10 + (byte - ZERO);
      else if (byte === mark && point < 0 && (isQuoted || byte !== delimiter)) point = i;
      else break;
      i += 1;
      byte = bytes[i] ?? LF;
    }
    const digits = i - first - (point < 0 ? 0 : 1);
    const isPlain =
      digits > 0 &&
      digits <= EXACT_DIGITS &&
      point !== first &&
      (bytes[first] !== ZERO || i === first + 1 || point === first + 1) &&
      // A doubled quote is one of the text.
      (isQuoted
        ? byte === quote && bytes[i + 1] !== quote
        : byte === delimiter || byte === LF || byte === CR);
    if (!isPlain) return row;
    if (point >= 0) value /= POWERS_OF_TEN[i - 1 - point] ?? 1;
    values[row] = negative ? -value : value;
  }
  return to;
}
