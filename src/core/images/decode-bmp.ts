import { viewOf } from '#core/data/read/images/image-format.ts';
import { emptyRaster, ImageFault, type Raster } from './raster.ts';

const FILE_HEADER_BYTES = 14;
/** The header of OS/2 1.x, with 16-bit sizes and colours of three bytes. */
const CORE_HEADER_BYTES = 12;
const INFO_HEADER_BYTES = 40;
const PLAIN = 0;
const MASKED = [3, 6];

type Masks = readonly [red: number, green: number, blue: number, alpha: number];

interface Bmp {
  readonly width: number;
  readonly height: number;
  readonly isTopDown: boolean;
  readonly bits: number;
  readonly dataAt: number;
  /** Blue, green, red and a fourth byte that says nothing; three bytes a colour in OS/2's. */
  readonly palette: Uint8Array;
  readonly paletteStep: number;
  readonly masks: Masks;
}

/**
 * BMP of 1, 4, 8, 16, 24 or 32 bits a pixel, with masks or without; a fourth byte is alpha only where a mask says so.
 * @throws ImageFault, also for one that is packed by run lengths, which few programs write
 */
export function decodeBmp(bytes: Uint8Array): Raster {
  const bmp = headerOf(bytes);
  const { width, height, bits, dataAt, isTopDown } = bmp;
  const raster = emptyRaster(width, height);
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  const write = bits <= 8 ? indexedLine : maskedLine;
  for (let row = 0; row < height; row += 1) {
    const y = isTopDown ? row : height - 1 - row;
    const line = bytes.subarray(dataAt + row * rowBytes, dataAt + (row + 1) * rowBytes);
    write(bmp, line, raster.data.subarray(4 * y * width, 4 * (y + 1) * width));
  }
  return raster;
}

function indexedLine(
  { width, bits, palette, paletteStep }: Bmp,
  line: Uint8Array,
  out: Uint8Array,
): void {
  const perByte = 8 / bits;
  for (let x = 0; x < width; x += 1) {
    const shift = 8 - bits * ((x % perByte) + 1);
    const index = ((line[Math.floor(x / perByte)] ?? 0) >> shift) & ((1 << bits) - 1);
    const at = index * paletteStep;
    if (at + 2 >= palette.length) throw new ImageFault('damaged: a colour is not in its palette');
    for (let k = 0; k < 3; k += 1) out[4 * x + k] = palette[at + 2 - k] ?? 0;
    out[4 * x + 3] = 255;
  }
}

function maskedLine({ width, bits, masks }: Bmp, line: Uint8Array, out: Uint8Array): void {
  const bytes = bits / 8;
  const parts = masks.map(partOf);
  for (let x = 0; x < width; x += 1) {
    let pixel = 0;
    for (let k = 0; k < bytes; k += 1) pixel |= (line[x * bytes + k] ?? 0) << (8 * k);
    for (const [k, { shift, most }] of parts.entries()) {
      out[4 * x + k] = most === 0 ? 255 : (((pixel >>> shift) & most) * 255) / most;
    }
  }
}

/** Where the bits of a mask stand, and the largest number that they can be. */
function partOf(mask: number): { readonly shift: number; readonly most: number } {
  if (mask === 0) return { shift: 0, most: 0 };
  const shift = 31 - Math.clz32(mask & -mask);
  return { shift, most: mask >>> shift };
}

function headerOf(bytes: Uint8Array): Bmp {
  const view = viewOf(bytes);
  const headerBytes = view.getUint32(FILE_HEADER_BYTES, true);
  const dataAt = view.getUint32(10, true);
  const isCore = headerBytes === CORE_HEADER_BYTES;
  const bits = view.getUint16(isCore ? 24 : 28, true);
  const packing = isCore ? PLAIN : view.getUint32(30, true);
  if (packing !== PLAIN && !MASKED.includes(packing)) {
    throw new ImageFault('a BMP that is packed, which is not decoded: save it as PNG');
  }
  if (![1, 4, 8, 16, 24, 32].includes(bits))
    throw new ImageFault(`damaged: no BMP has ${bits} bits a pixel`);
  const paletteAt =
    FILE_HEADER_BYTES +
    headerBytes +
    (headerBytes === INFO_HEADER_BYTES && packing !== PLAIN ? (packing === 6 ? 16 : 12) : 0);
  const height = isCore ? view.getUint16(20, true) : view.getInt32(22, true);
  return {
    width: isCore ? view.getUint16(18, true) : view.getInt32(18, true),
    height: Math.abs(height),
    isTopDown: height < 0,
    bits,
    dataAt,
    palette: bytes.subarray(paletteAt, Math.max(paletteAt, dataAt)),
    paletteStep: isCore ? 3 : 4,
    masks: packing === PLAIN ? usualMasks(bits) : masksOf(view, headerBytes, packing),
  };
}

function usualMasks(bits: number): Masks {
  return bits === 16 ? [0x7c00, 0x3e0, 0x1f, 0] : [0xff0000, 0xff00, 0xff, 0];
}

/** They stand behind the header of 40 bytes, and at the same place inside a longer one. */
function masksOf(view: DataView, headerBytes: number, packing: number): Masks {
  const at = FILE_HEADER_BYTES + INFO_HEADER_BYTES;
  const hasAlpha = packing === 6 || headerBytes >= 56;
  return [
    view.getUint32(at, true),
    view.getUint32(at + 4, true),
    view.getUint32(at + 8, true),
    hasAlpha ? view.getUint32(at + 12, true) : 0,
  ];
}
