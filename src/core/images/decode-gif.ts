import { viewOf } from '#core/data/read/images/image-format.ts';
import { unpackLzw } from './gif-lzw.ts';
import { emptyRaster, ImageFault, type Raster } from './raster.ts';

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const GRAPHIC_CONTROL = 0xf9;

/** Rows of an interlaced image: every `step`-th from `first` on. */
const INTERLACED = [
  { first: 0, step: 8 },
  { first: 4, step: 8 },
  { first: 2, step: 4 },
  { first: 1, step: 2 },
];

/**
 * The first image of a GIF (89a) on its screen; what that does not cover is transparent. The file's blocks were found
 * to be whole when its header was read.
 * @throws ImageFault
 */
export function decodeGif(bytes: Uint8Array): Raster {
  const view = viewOf(bytes);
  const raster = emptyRaster(view.getUint16(6, true), view.getUint16(8, true));
  let [palette, at] = paletteAt(bytes, 13, bytes[10] ?? 0);
  let clear = -1;
  while (bytes[at] === EXTENSION) {
    if (bytes[at + 1] === GRAPHIC_CONTROL)
      clear = (bytes[at + 3] ?? 0) & 1 ? (bytes[at + 6] ?? 0) : -1;
    at = blocksFrom(bytes, at + 2).end;
  }
  if (bytes[at] !== IMAGE) throw new ImageFault('damaged: it has no image');
  const [left, top, width, height] = [1, 3, 5, 7].map((by) => view.getUint16(at + by, true));
  const packed = bytes[at + 9] ?? 0;
  const place = { left: left ?? 0, top: top ?? 0, width: width ?? 0, height: height ?? 0 };
  at += 10;
  if (packed >= 0x80) [palette, at] = paletteAt(bytes, at, packed);
  const data = joinedBlocks(bytes, at + 1);
  const indices = unpackLzw(data, bytes[at] ?? 0, place.width * place.height);
  draw(raster, indices, place, { palette, clear, isInterlaced: (packed & 0x40) !== 0 });
  return raster;
}

interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function draw(
  { width: across, height: down, data }: Raster,
  indices: Uint8Array,
  { left, top, width, height }: Place,
  colours: { readonly palette: Uint8Array; readonly clear: number; readonly isInterlaced: boolean },
): void {
  const { palette, clear, isInterlaced } = colours;
  const rows = isInterlaced ? interlacedRows(height) : null;
  for (let line = 0; line < height; line += 1) {
    const y = top + (rows === null ? line : (rows[line] ?? 0));
    if (y >= down) continue;
    for (let x = 0; x < Math.min(width, across - left); x += 1) {
      const index = indices[line * width + x] ?? 0;
      if (index === clear) continue;
      const to = 4 * (y * across + left + x);
      for (let k = 0; k < 3; k += 1) data[to + k] = palette[3 * index + k] ?? 0;
      data[to + 3] = 255;
    }
  }
}

function interlacedRows(height: number): number[] {
  return INTERLACED.flatMap(({ first, step }) =>
    Array.from(
      { length: Math.max(0, Math.ceil((height - first) / step)) },
      (_, i) => first + i * step,
    ),
  );
}

function paletteAt(bytes: Uint8Array, at: number, packed: number): [Uint8Array, number] {
  const end = packed >= 0x80 ? at + (3 << ((packed & 7) + 1)) : at;
  return [bytes.subarray(at, end), end];
}

function blocksFrom(bytes: Uint8Array, from: number): { parts: Uint8Array[]; end: number } {
  const parts: Uint8Array[] = [];
  for (let at = from; ;) {
    const length = bytes[at] ?? 0;
    if (length === 0) return { parts, end: at + 1 };
    parts.push(bytes.subarray(at + 1, at + 1 + length));
    at += 1 + length;
  }
}

function joinedBlocks(bytes: Uint8Array, from: number): Uint8Array {
  const { parts } = blocksFrom(bytes, from);
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
