import { viewOf, type ImageFormat, type ImageFacts } from './image-format.ts';

const START = 0xd8;
const END = 0xd9;
const SCAN = 0xda;

/**
 * JPEG (ITU-T T.81, annex B): marker segments, the frame's with the size among them, and after each start of a
 * scan its coded data, up to the end-of-image marker. What follows that is no part of the image.
 */
export const jpeg: ImageFormat = {
  name: 'JPEG',
  mime: 'image/jpeg',
  recognizes: (bytes) => bytes[0] === 0xff && bytes[1] === START && bytes[2] === 0xff,
  read(bytes) {
    const view = viewOf(bytes);
    let size: ImageFacts | null = null;
    let hasScan = false;
    for (let at = 2; ;) {
      while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at += 1; // fill bytes
      const marker = bytes[at + 1];
      if (marker === undefined) return 'cut';
      if (bytes[at] !== 0xff || marker === 0) return 'damaged';
      if (marker === END) return size !== null && hasScan ? size : 'damaged';
      if (isAlone(marker)) {
        at += 2;
        continue;
      }
      if (at + 4 > bytes.length) return 'cut';
      const end = at + 2 + view.getUint16(at + 2);
      if (end > bytes.length) return 'cut';
      if (isFrame(marker)) {
        if (end < at + 9) return 'damaged';
        const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
        size = { width, height, grey: bytes[at + 9] === 1 };
      }
      if (end < at + 4) return 'damaged';
      hasScan ||= marker === SCAN;
      at = marker === SCAN ? endOfScan(bytes, end) : end;
    }
  },
};

/** Markers without a segment: TEM and the restart markers. */
function isAlone(marker: number): boolean {
  return marker === 1 || (marker >= 0xd0 && marker <= 0xd7);
}

/** SOF0 to SOF15, without the tables DHT, JPG and DAC that lie between. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Where the next marker stands that is neither a stuffed 0xFF nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next !== undefined && next !== 0 && next !== 0xff && !isAlone(next)) return at;
  }
  return bytes.length;
}
