/** A decoded image: 8 bits of red, green, blue and alpha for each pixel, row after row from the top left. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  /** [height, width, 4] */
  readonly data: Uint8Array;
}

export function emptyRaster(width: number, height: number): Raster {
  return { width, height, data: new Uint8Array(width * height * 4) };
}

/** Why a file cannot be decoded, completing "… is". Whoever knows the file's name and row makes the sentence. */
export class ImageFault extends Error {}
