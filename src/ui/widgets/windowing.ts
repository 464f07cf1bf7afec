/** Browsers cap the height of an element (Firefox at about 17.8 million pixels). */
const MAX_HEIGHT_PX = 16_000_000;

export interface Window {
  /** The first row to draw, and how many. */
  readonly first: number;
  readonly count: number;
  /** Heights of the empty space before and after them, in pixels. */
  readonly beforePx: number;
  readonly afterPx: number;
}

/**
 * Which rows of a long table to draw for a scroll position. Where all rows would be taller than
 * browsers allow, the scroll bar stands for the whole table in proportion.
 */
export function windowOf(view: {
  readonly total: number;
  readonly rowPx: number;
  readonly scrollPx: number;
  readonly viewportPx: number;
}): Window {
  const { total, rowPx, scrollPx, viewportPx } = view;
  const fitting = Math.ceil(viewportPx / rowPx) + 1;
  const wholePx = total * rowPx;
  if (wholePx <= MAX_HEIGHT_PX) {
    const first = Math.max(0, Math.min(Math.floor(scrollPx / rowPx), total - fitting));
    const count = Math.min(fitting, total - first);
    return { first, count, beforePx: first * rowPx, afterPx: wholePx - (first + count) * rowPx };
  }
  const share = Math.min(1, Math.max(0, scrollPx / (MAX_HEIGHT_PX - viewportPx)));
  const first = Math.round(share * (total - fitting + 1));
  const count = Math.min(fitting, total - first);
  const beforePx = Math.min(scrollPx, MAX_HEIGHT_PX - count * rowPx);
  return { first, count, beforePx, afterPx: MAX_HEIGHT_PX - beforePx - count * rowPx };
}

/** Where to scroll so that a row (from 0) is among the rows drawn, a few below the first. */
export function scrollToRow(
  row: number,
  view: { readonly total: number; readonly rowPx: number; readonly viewportPx: number },
): number {
  const { total, rowPx, viewportPx } = view;
  const above = Math.floor(viewportPx / rowPx / 3);
  const first = Math.max(0, row - above);
  if (total * rowPx <= MAX_HEIGHT_PX) return first * rowPx;
  const fitting = Math.ceil(viewportPx / rowPx) + 1;
  const share = Math.min(1, first / (total - fitting + 1));
  return share * (MAX_HEIGHT_PX - viewportPx);
}
