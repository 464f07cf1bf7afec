import { BinaryReader } from '@bufbuild/protobuf/wire';

/**
 * The parts of a protobuf message under one field number, messages and texts, as bytes; nothing else is decoded.
 * @throws where the bytes are no message
 */
export function* messageParts(message: Uint8Array, wanted: number): Generator<Uint8Array> {
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field === wanted) yield reader.bytes();
    else reader.skip(type, field);
  }
}
