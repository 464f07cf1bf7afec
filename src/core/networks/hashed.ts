/** The last steps of MurmurHash3 (Appleby, 2011), which let every bit change every other; a 32-bit integer. */
export function hashed(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
