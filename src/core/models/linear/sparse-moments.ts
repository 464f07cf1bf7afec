import type { SparseRows } from '#core/features/sparse-rows.ts';

/**
 * Each feature's value in the first row, and Σ of what rows differ from it and Σ of its square: [width] each. Exact for
 * features that never vary, and safe far from 0.
 */
export function sparseMoments(
  { starts, places, values }: SparseRows,
  width: number,
): Record<'first' | 'sums' | 'squares', Float64Array> {
  const rows = starts.length - 1;
  const first = new Float64Array(width);
  for (let at = 0; at < (starts[1] ?? 0); at += 1) first[places[at] ?? 0] = values[at] ?? 0;
  const [sums, squares] = [new Float64Array(width), new Float64Array(width)];
  const kept = new Int32Array(width);
  for (let at = 0; at < places.length; at += 1) {
    const j = places[at] ?? 0;
    const away = (values[at] ?? 0) - (first[j] ?? 0);
    sums[j] = (sums[j] ?? 0) + away;
    squares[j] = (squares[j] ?? 0) + away * away;
    kept[j] = (kept[j] ?? 0) + 1;
  }
  for (let j = 0; j < width; j += 1) {
    const origin = first[j] ?? 0;
    const zeros = rows - (kept[j] ?? 0);
    sums[j] = (sums[j] ?? 0) - zeros * origin;
    squares[j] = (squares[j] ?? 0) + zeros * origin * origin;
  }
  return { first, sums, squares };
}
