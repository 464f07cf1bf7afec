import { hasText, viewOf, type ImageFormat, type PixelSize } from './image-format.ts';

const FILE_HEADER_BYTES = 14;
/** The header of OS/2 1.x, with 16-bit sizes. */
const CORE_HEADER_BYTES = 12;
const INFO_HEADER_BYTES = 40;
const MAX_HEADER_BYTES = 124;
/** Uncompressed, with or without masks for the colours: the size of the rows is known. */
const PLAIN = [0, 3, 6];

/** BMP, as Windows writes it (BITMAPINFOHEADER and its successors), and OS/2's first. */
export const bmp: ImageFormat = {
  name: 'BMP',
  mime: 'image/bmp',
  recognizes(bytes) {
    if (!hasText(bytes, 0, 'BM') || bytes.length < FILE_HEADER_BYTES + 4) return false;
    const header = viewOf(bytes).getUint32(FILE_HEADER_BYTES, true);
    return (
      header === CORE_HEADER_BYTES || (header >= INFO_HEADER_BYTES && header <= MAX_HEADER_BYTES)
    );
  },
  read(bytes) {
    const view = viewOf(bytes);
    const header = view.getUint32(FILE_HEADER_BYTES, true);
    if (bytes.length < FILE_HEADER_BYTES + header) return 'cut';
    if (header === CORE_HEADER_BYTES) {
      const size = { width: view.getUint16(18, true), height: view.getUint16(20, true) };
      return whole(view, size, rowBytes(size.width, view.getUint16(24, true)) * size.height);
    }
    // A negative height means that the rows stand from the top down.
    const size = {
      width: Math.max(0, view.getInt32(18, true)),
      height: Math.abs(view.getInt32(22, true)),
    };
    const data = PLAIN.includes(view.getUint32(30, true))
      ? rowBytes(size.width, view.getUint16(28, true)) * size.height
      : view.getUint32(34, true);
    return whole(view, size, data);
  },
};

function whole(view: DataView, size: PixelSize, dataBytes: number): PixelSize | 'cut' {
  return view.getUint32(10, true) + dataBytes > view.byteLength ? 'cut' : size;
}

/** Rows are filled up to four bytes. */
function rowBytes(width: number, bits: number): number {
  return Math.ceil((width * bits) / 32) * 4;
}
