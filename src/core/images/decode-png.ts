import { Unzlib } from 'fflate';
import { hasText, viewOf } from '#core/data/read/images/image-format.ts';
import { emptyRaster, ImageFault, type Raster } from './raster.ts';
import { crc32 } from './crc-32.ts';
import { unfilter } from './png-filters.ts';

const SIGNATURE_BYTES = 8;
const PIECE = 1 << 16;
/** Samples of a pixel by colour type: grey, colour, palette, grey with alpha, colour with alpha. */
const SAMPLES: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
]);

/** Every `step`-th pixel from `first` on, across and down. */
interface Pass {
  readonly first: readonly [x: number, y: number];
  readonly step: readonly [x: number, y: number];
}
const WHOLE: readonly Pass[] = [{ first: [0, 0], step: [1, 1] }];
const ADAM7: readonly Pass[] = [
  { first: [0, 0], step: [8, 8] },
  { first: [4, 0], step: [8, 8] },
  { first: [0, 4], step: [4, 8] },
  { first: [2, 0], step: [4, 4] },
  { first: [0, 2], step: [2, 4] },
  { first: [1, 0], step: [2, 2] },
  { first: [0, 1], step: [1, 2] },
];

interface Png {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colour: number;
  readonly samples: number;
  readonly passes: readonly Pass[];
  readonly palette: Uint8Array;
  readonly transparency: Uint8Array;
}

/**
 * PNG (ISO/IEC 15948) of every depth and colour type, interlaced or not. Of 16 bits the upper 8 are kept. Written out
 * here rather than by a package, since those inflate whatever a file holds before they look how much it should be.
 * Animations give their still image.
 * @throws ImageFault
 */
export function decodePng(bytes: Uint8Array): Raster {
  const { png, data } = chunksOf(bytes);
  const shapes = png.passes.map((pass) => ({ pass, ...sizeOf(png, pass) }));
  const raw = inflated(
    data,
    shapes.reduce((sum, { rowBytes, rows }) => sum + rows * (rowBytes + 1), 0),
  );
  const raster = emptyRaster(png.width, png.height);
  const pixelBytes = Math.max(1, (png.samples * png.depth) >> 3);
  let at = 0;
  for (const { pass, rows, columns, rowBytes } of shapes) {
    const cells = raw.subarray(at, at + rows * (rowBytes + 1));
    unfilter(cells, rows, rowBytes, pixelBytes);
    for (let row = 0; row < rows; row += 1) {
      const line = cells.subarray(row * (rowBytes + 1) + 1, (row + 1) * (rowBytes + 1));
      const y = pass.first[1] + row * pass.step[1];
      const from = 4 * (y * png.width + pass.first[0]);
      writeLine(png, line, columns, { out: raster.data, from, step: 4 * pass.step[0] });
    }
    at += cells.length;
  }
  return raster;
}

function sizeOf({ width, height, depth, samples }: Png, { first, step }: Pass) {
  const columns = Math.max(0, Math.ceil((width - first[0]) / step[0]));
  const down = Math.max(0, Math.ceil((height - first[1]) / step[1]));
  return {
    columns,
    rows: columns === 0 ? 0 : down,
    rowBytes: Math.ceil((columns * depth * samples) / 8),
  };
}

function writeLine(
  { depth, colour, samples, palette, transparency }: Png,
  line: Uint8Array,
  columns: number,
  { out, from, step }: { out: Uint8Array; from: number; step: number },
): void {
  const most = (1 << depth) - 1;
  const sample = sampleReader(line, depth);
  const clear = clearColour(colour, transparency);
  for (let x = 0, to = from; x < columns; x += 1, to += step) {
    if (colour === 3) {
      const index = sample(x);
      if (3 * index + 2 >= palette.length)
        throw new ImageFault('damaged: a colour is not in its palette');
      for (let k = 0; k < 3; k += 1) out[to + k] = palette[3 * index + k] ?? 0;
      out[to + 3] = transparency[index] ?? 255;
      continue;
    }
    const isColour = colour === 2 || colour === 6;
    let isClear = clear !== null;
    for (let k = 0; k < 3; k += 1) {
      const value = sample(x * samples + (isColour ? k : 0));
      if (clear !== null && value !== clear[isColour ? k : 0]) isClear = false;
      out[to + k] = depth === 16 ? value >> 8 : (value * 255) / most;
    }
    const alpha = colour >= 4 ? sample(x * samples + samples - 1) : isClear ? 0 : most;
    out[to + 3] = depth === 16 ? alpha >> 8 : (alpha * 255) / most;
  }
}

function sampleReader(line: Uint8Array, depth: number): (i: number) => number {
  if (depth === 8) return (i) => line[i] ?? 0;
  if (depth === 16) return (i) => ((line[2 * i] ?? 0) << 8) | (line[2 * i + 1] ?? 0);
  const [perByte, mask] = [8 / depth, (1 << depth) - 1];
  return (i) => ((line[Math.floor(i / perByte)] ?? 0) >> (8 - depth * ((i % perByte) + 1))) & mask;
}

/** The one grey or colour that a tRNS chunk makes transparent. */
function clearColour(colour: number, transparency: Uint8Array): readonly number[] | null {
  if (transparency.length < (colour === 2 ? 6 : 2) || (colour !== 0 && colour !== 2)) return null;
  const view = viewOf(transparency);
  return (colour === 2 ? [0, 2, 4] : [0]).map((at) => view.getUint16(at));
}

function chunksOf(bytes: Uint8Array): { png: Png; data: readonly Uint8Array[] } {
  const view = viewOf(bytes);
  const data: Uint8Array[] = [];
  let header: Uint8Array | null = null;
  let [palette, transparency] = [new Uint8Array(0), new Uint8Array(0)];
  for (let at = SIGNATURE_BYTES; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (crc32(bytes.subarray(at + 4, at + 8 + length)) !== view.getUint32(at + 8 + length)) {
      throw new ImageFault('damaged: a checksum in it is wrong');
    }
    if (hasText(bytes, at + 4, 'IHDR')) header = body;
    else if (hasText(bytes, at + 4, 'PLTE')) palette = body.slice();
    else if (hasText(bytes, at + 4, 'tRNS')) transparency = body.slice();
    else if (hasText(bytes, at + 4, 'IDAT')) data.push(body);
    else if (hasText(bytes, at + 4, 'IEND')) break;
    at += length + 12;
  }
  if (header === null) throw new ImageFault('damaged: it has no header');
  return { png: { ...readHeader(header), palette, transparency }, data };
}

function readHeader(header: Uint8Array): Omit<Png, 'palette' | 'transparency'> {
  const view = viewOf(header);
  const [depth = 0, colour = 0, packing, filter, interlace] = header.subarray(8);
  const samples = SAMPLES.get(colour);
  const depths = colour === 0 ? [1, 2, 4, 8, 16] : colour === 3 ? [1, 2, 4, 8] : [8, 16];
  const passes = [WHOLE, ADAM7][interlace ?? 2];
  if (
    samples === undefined ||
    !depths.includes(depth) ||
    passes === undefined ||
    packing !== 0 ||
    filter !== 0
  ) {
    throw new ImageFault('damaged: its header says what no PNG can be');
  }
  return { width: view.getUint32(0), height: view.getUint32(4), depth, colour, samples, passes };
}

/** So many bytes, and no more whatever the data would unpack to. */
function inflated(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const out = new Uint8Array(length);
  let at = 0;
  const unzlib = new Unzlib((piece) => {
    out.set(piece.subarray(0, length - at), at);
    at = Math.min(length, at + piece.length);
  });
  try {
    for (const piece of pieces) {
      for (let from = 0; from < piece.length && at < length; from += PIECE) {
        unzlib.push(piece.subarray(from, from + PIECE));
      }
    }
    if (at < length) unzlib.push(new Uint8Array(0), true);
  } catch {
    throw new ImageFault('damaged: its pixels cannot be unpacked');
  }
  if (at < length) throw new ImageFault('cut off: it has fewer pixels than it says');
  return out;
}
