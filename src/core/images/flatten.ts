import type { Raster } from './raster.ts';

/** An image without alpha: [height, width, channels], row after row, 8 bits each. */
export interface FlatImage {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Uint8Array;
}

/**
 * Lays an image on white, and leaves its colours or makes grey of them: 0.299 red, 0.587 green and 0.114 blue (ITU-R
 * BT.601), in whole numbers of 2⁻¹⁶ as Pillow computes it.
 */
export function flattened({ width, height, data }: Raster, channels: 1 | 3): FlatImage {
  const out = new Uint8Array(width * height * channels);
  for (let from = 0, to = 0; from < data.length; from += 4, to += channels) {
    const alpha = data[from + 3] ?? 255;
    const red = onWhite(data[from] ?? 0, alpha);
    const green = onWhite(data[from + 1] ?? 0, alpha);
    const blue = onWhite(data[from + 2] ?? 0, alpha);
    if (channels === 1) {
      out[to] = (red * 19_595 + green * 38_470 + blue * 7_471 + 0x8000) >> 16;
    } else {
      out[to] = red;
      out[to + 1] = green;
      out[to + 2] = blue;
    }
  }
  return { width, height, channels, data: out };
}

/** (value · alpha + 255 · (255 − alpha)) ÷ 255, rounded. */
function onWhite(value: number, alpha: number): number {
  if (alpha === 255) return value;
  const sum = value * alpha + 255 * (255 - alpha) + 128;
  return ((sum >> 8) + sum) >> 8;
}
