import { emptyRaster, type Raster } from './raster.ts';

type Source = (
  x: number,
  y: number,
  right: number,
  bottom: number,
) => readonly [x: number, y: number];

/** Of each orientation from 2 on: which stored pixel stands at x, y. `right` and `bottom` are the stored image's last. */
const sources: ReadonlyMap<number, Source> = new Map<number, Source>([
  [2, (x, y, right) => [right - x, y]],
  [3, (x, y, right, bottom) => [right - x, bottom - y]],
  [4, (x, y, _, bottom) => [x, bottom - y]],
  [5, (x, y) => [y, x]],
  [6, (x, y, _, bottom) => [y, bottom - x]],
  [7, (x, y, right, bottom) => [right - y, bottom - x]],
  [8, (x, y, right) => [right - y, x]],
]);

/**
 * An image turned and mirrored as its orientation says (EXIF 2.32, tag 0x0112).
 * @param orientation 1 (as it is) to 8
 */
export function turned(raster: Raster, orientation: number): Raster {
  const source = sources.get(orientation);
  if (source === undefined) return raster;
  const { width, height } = raster;
  const out = orientation >= 5 ? emptyRaster(height, width) : emptyRaster(width, height);
  const [from, to] = [pixelsOf(raster), pixelsOf(out)];
  for (let y = 0; y < out.height; y += 1) {
    for (let x = 0; x < out.width; x += 1) {
      const [column, row] = source(x, y, width - 1, height - 1);
      to[y * out.width + x] = from[row * width + column] ?? 0;
    }
  }
  return out;
}

function pixelsOf({ data }: Raster): Uint32Array {
  return new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
}
