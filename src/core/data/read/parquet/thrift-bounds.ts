/** Nesting of Parquet's own metadata ends at six. */
const MAX_DEPTH = 24;
const STOP = 0;
const TRUE = 1;
const FALSE = 2;
const BYTE = 3;
const DOUBLE = 7;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;

/**
 * Where a struct in Thrift's compact protocol ends. Nothing is made of it: this walk keeps lengths that a damaged
 * file made up away from a parser that would believe them.
 * @throws RangeError where it does not end inside the bytes
 */
export function thriftEnd(view: DataView, start: number): number {
  let at = start;

  function varint(longest: number): number {
    let value = 0;
    for (let i = 0, scale = 1; i < longest; i += 1, scale *= 128) {
      const byte = view.getUint8(at);
      at += 1;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    throw new RangeError('a number has too many bytes');
  }

  function skipBytes(count: number): void {
    if (count > view.byteLength - at) throw new RangeError('a length points past the end');
    at += count;
  }

  function element(type: number, depth: number): void {
    if (type === BYTE) skipBytes(1);
    else if (type === DOUBLE) skipBytes(8);
    else if (type === BINARY) skipBytes(varint(5));
    else if (type === STRUCT) struct(depth + 1);
    else if (type === LIST) list(depth + 1);
    else if (type > BYTE && type < DOUBLE) varint(10);
    else if (type !== TRUE && type !== FALSE) throw new RangeError('a field has an unknown type');
  }

  function list(depth: number): void {
    const head = view.getUint8(at);
    at += 1;
    const type = head & 0x0f;
    const size = head >> 4 === 15 ? varint(5) : head >> 4;
    if (size > view.byteLength - at) throw new RangeError('a list is longer than the file');
    // In lists, booleans have a byte of their own.
    const each = type === TRUE || type === FALSE ? BYTE : type;
    for (let i = 0; i < size; i += 1) element(each, depth);
  }

  function struct(depth: number): void {
    if (depth > MAX_DEPTH) throw new RangeError('fields are nested too deeply');
    for (;;) {
      const head = view.getUint8(at);
      at += 1;
      if ((head & 0x0f) === STOP) return;
      if (head >> 4 === 0) varint(3);
      element(head & 0x0f, depth);
    }
  }

  struct(0);
  return at;
}
