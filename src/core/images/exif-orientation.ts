import { hasText, viewOf } from '#core/data/read/images/image-format.ts';

const APP1 = 0xe1;
const SCAN = 0xda;
const ORIENTATION = 0x0112;
const UPRIGHT = 1;

/** How a JPEG's EXIF says it is to be turned, 1 to 8 (EXIF 2.32, tag 0x0112); 1, upright, where it says nothing. */
export function orientationOf(bytes: Uint8Array): number {
  const view = viewOf(bytes);
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1; // fill bytes
      continue;
    }
    if (marker === SCAN) break;
    const length = view.getUint16(at + 2);
    if (marker === APP1 && hasText(bytes, at + 4, 'Exif\0\0')) {
      return orientationIn(bytes.subarray(at + 10, at + 2 + length));
    }
    at += 2 + length;
  }
  return UPRIGHT;
}

/** In a TIFF's first directory. */
function orientationIn(tiff: Uint8Array): number {
  const view = viewOf(tiff);
  const isLittle = hasText(tiff, 0, 'II');
  if (tiff.length < 8 || (!isLittle && !hasText(tiff, 0, 'MM'))) return UPRIGHT;
  const directory = view.getUint32(4, isLittle);
  if (directory + 2 > tiff.length) return UPRIGHT;
  const count = view.getUint16(directory, isLittle);
  for (let i = 0, at = directory + 2; i < count && at + 12 <= tiff.length; i += 1, at += 12) {
    if (view.getUint16(at, isLittle) !== ORIENTATION) continue;
    const value = view.getUint16(at + 8, isLittle);
    return value >= 1 && value <= 8 ? value : UPRIGHT;
  }
  return UPRIGHT;
}
