import { hasText, viewOf, type ImageFacts, type ImageFormat } from './image-format.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const HEADER_BYTES = 13;
/** Colour types: grey, and grey with alpha. */
const GREY = [0, 4];

/** PNG (ISO/IEC 15948): chunks of a length, a type, data and a checksum, from IHDR to IEND. */
export const png: ImageFormat = {
  name: 'PNG',
  mime: 'image/png',
  recognizes: (bytes) => SIGNATURE.every((byte, i) => bytes[i] === byte),
  read(bytes) {
    const view = viewOf(bytes);
    let size: ImageFacts | null = null;
    let hasData = false;
    for (let at = SIGNATURE.length; at + 12 <= bytes.length;) {
      const length = view.getUint32(at);
      const data = at + 8;
      if (data + length + 4 > bytes.length) return 'cut';
      if (hasText(bytes, at + 4, 'IHDR')) {
        if (length !== HEADER_BYTES || size !== null) return 'damaged';
        const [width, height] = [view.getUint32(data), view.getUint32(data + 4)];
        size = { width, height, grey: GREY.includes(bytes[data + 9] ?? 0) };
      }
      if (size === null) return 'damaged';
      hasData ||= hasText(bytes, at + 4, 'IDAT');
      if (hasText(bytes, at + 4, 'IEND')) return hasData ? size : 'damaged';
      at = data + length + 4;
    }
    return 'cut';
  },
};
