import { hasText, viewOf, type ImageFormat } from './image-format.ts';

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;

/** GIF 87a and 89a (CompuServe, 1990): a screen, then extensions and images in blocks; the size is the screen's. */
export const gif: ImageFormat = {
  name: 'GIF',
  mime: 'image/gif',
  recognizes: (bytes) => hasText(bytes, 0, 'GIF87a') || hasText(bytes, 0, 'GIF89a'),
  read(bytes) {
    if (bytes.length < 13) return 'cut';
    const view = viewOf(bytes);
    const size = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    let at = 13 + tableBytes(bytes[10] ?? 0);
    let hasImage = false;
    for (;;) {
      const kind = bytes[at];
      if (kind === TRAILER) return hasImage ? size : 'damaged';
      // The trailer is missing from many files that are whole but for it.
      if (kind === undefined) return hasImage && at === bytes.length ? size : 'cut';
      if (kind === EXTENSION) {
        at = afterBlocks(bytes, at + 2);
      } else if (kind === IMAGE) {
        at = afterBlocks(bytes, at + 11 + tableBytes(bytes[at + 9] ?? 0));
        hasImage = true;
      } else {
        return 'damaged';
      }
      if (at > bytes.length) return 'cut';
    }
  },
};

/** Bytes of the colour table that a packed field announces. */
function tableBytes(packed: number): number {
  return packed >= 0x80 ? 3 << ((packed & 7) + 1) : 0;
}

/** Where a chain of sub-blocks ends; past the end of the file where it does not. */
function afterBlocks(bytes: Uint8Array, from: number): number {
  for (let at = from; ;) {
    const length = bytes[at];
    if (length === undefined) return bytes.length + 1;
    at += 1 + length;
    if (length === 0) return at;
  }
}
