/** Size in pixels. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** What a file's header says of its image. */
export interface ImageFacts extends PixelSize {
  /** It has no colours: a sample a pixel, or two with alpha. */
  readonly grey?: boolean;
}

/** One kind of image file, by what its bytes say. Nothing is decoded. One object in one file, one row in `image-header.ts`. */
export interface ImageFormat {
  readonly name: string;
  readonly mime: string;
  recognizes(bytes: Uint8Array): boolean;
  /**
   * Width and height as the file's header has them (an orientation in EXIF is not applied), once all parts of the
   * file were found to be there.
   * @returns `cut` where the file ends before its image does, `damaged` where its parts contradict each other
   */
  read(bytes: Uint8Array): ImageFacts | 'cut' | 'damaged';
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Whether ASCII text stands at a place. */
export function hasText(bytes: Uint8Array, at: number, text: string): boolean {
  if (at + text.length > bytes.length) return false;
  for (let i = 0; i < text.length; i += 1) {
    if (bytes[at + i] !== text.charCodeAt(i)) return false;
  }
  return true;
}
