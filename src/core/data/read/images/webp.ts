import { hasText, viewOf, type ImageFormat } from './image-format.ts';

/** WebP (RFC 9649): a RIFF file whose first chunk has the size: lossy, lossless, or extended with a canvas. */
export const webp: ImageFormat = {
  name: 'WebP',
  mime: 'image/webp',
  recognizes: (bytes) => hasText(bytes, 0, 'RIFF') && hasText(bytes, 8, 'WEBP'),
  read(bytes) {
    if (bytes.length < 30) return 'cut';
    const view = viewOf(bytes);
    if (8 + view.getUint32(4, true) > bytes.length) return 'cut';
    if (20 + view.getUint32(16, true) > bytes.length) return 'cut';
    if (hasText(bytes, 12, 'VP8 ')) {
      if (bytes[23] !== 0x9d || bytes[24] !== 0x01 || bytes[25] !== 0x2a) return 'damaged';
      // 14 bits each; the two above them are a scale that decoders ignore.
      return {
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
      };
    }
    if (hasText(bytes, 12, 'VP8L')) {
      if (bytes[20] !== 0x2f) return 'damaged';
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    if (!hasText(bytes, 12, 'VP8X')) return 'damaged';
    return {
      width: (view.getUint32(24, true) & 0xffffff) + 1,
      height: (view.getUint32(26, true) >>> 8) + 1,
    };
  },
};
