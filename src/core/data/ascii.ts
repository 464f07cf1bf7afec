const HIGH_BITS = 0x80808080;

/** Whether all bytes are below 128. Four at a time: of texts that come in pieces of a megabyte, that is what counts. */
export function areAscii(bytes: Uint8Array): boolean {
  const { buffer, byteOffset, length } = bytes;
  const before = Math.min(-byteOffset & 3, length);
  const count = (length - before) >> 2;
  const words = new Uint32Array(buffer, count === 0 ? 0 : byteOffset + before, count);
  for (let i = 0; i < before; i += 1) if ((bytes[i] ?? 0) >= 0x80) return false;
  for (let i = 0; i < count; i += 1) if (((words[i] ?? 0) & HIGH_BITS) !== 0) return false;
  for (let i = before + 4 * count; i < length; i += 1) {
    if ((bytes[i] ?? 0) >= 0x80) return false;
  }
  return true;
}
