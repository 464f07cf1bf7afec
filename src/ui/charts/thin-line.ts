export interface PixelPoint {
  readonly x: number;
  readonly y: number;
}

/**
 * Keeps of each pixel column the first, lowest, highest and last point (M4: Jugel et al., VLDB 2014),
 * which draws the same line as all of them, however long training goes on.
 * @param points in order of x, in pixels
 */
export function thinLine(points: readonly PixelPoint[]): readonly PixelPoint[] {
  const kept: PixelPoint[] = [];
  let column: PixelPoint[] = [];
  for (const point of points) {
    const first = column[0];
    if (first !== undefined && Math.floor(point.x) !== Math.floor(first.x)) {
      kept.push(...extremes(column));
      column = [];
    }
    column.push(point);
  }
  kept.push(...extremes(column));
  return kept;
}

function extremes(column: readonly PixelPoint[]): readonly PixelPoint[] {
  if (column.length <= 4) return column;
  let low = 0;
  let high = 0;
  column.forEach((point, i) => {
    if (point.y < (column[low]?.y ?? Infinity)) low = i;
    if (point.y > (column[high]?.y ?? -Infinity)) high = i;
  });
  const chosen = new Set([0, low, high, column.length - 1]);
  return column.filter((_, i) => chosen.has(i));
}
