/** Windows of an image against filters. A fully connected layer is one window of one pixel, whose channels are its inputs. */
export interface Windows {
  /** Pixels of the image. */
  readonly HEIGHT: number;
  readonly WIDTH: number;
  /** Numbers of a pixel. */
  readonly STEP: number;
  /** Pixels of a window's side, and from one window to the next. */
  readonly SIZE: number;
  readonly STRIDE: number;
  /** Zeros above the image, and left of it. */
  readonly TOP: number;
  readonly LEFT: number;
  /** Windows from top to bottom, and from left to right. */
  readonly GIVES_HEIGHT: number;
  readonly GIVES_WIDTH: number;
  /** Filters in fours. */
  readonly COLUMNS: number;
}
