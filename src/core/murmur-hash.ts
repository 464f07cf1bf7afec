/**
 * MurmurHash3_x86_32 of a text's UTF-8 bytes (Appleby, 2011; public domain), as an unsigned 32-bit
 * integer: the same as scikit-learn's `murmurhash3_32(text, seed, positive=True)`.
 */
export function murmurHash(text: string, seed: number): number {
  const bytes = encoder.encode(text);
  const whole = bytes.length - (bytes.length % 4);
  let hash = seed | 0;
  for (let i = 0; i < whole; i += 4) {
    hash ^= scrambled(word(bytes, i, 4));
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  if (whole < bytes.length) hash ^= scrambled(word(bytes, whole, bytes.length - whole));
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const encoder = new TextEncoder();

/** Up to four bytes, the lowest first. */
function word(bytes: Uint8Array, from: number, count: number): number {
  let value = 0;
  for (let k = 0; k < count; k += 1) value |= (bytes[from + k] ?? 0) << (8 * k);
  return value;
}

function scrambled(value: number): number {
  const mixed = Math.imul(value, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}
