/**
 * Which entries are no part of the longest non-decreasing subsequence, in O(n log n) (Fredman, 1975): the fewest that
 * must go for the others to be in order.
 * @param values no NaN
 * @returns their places, ascending
 */
export function outOfOrder(values: Float64Array): number[] {
  const n = values.length;
  /** ends[k]: the place of the smallest value that ends a subsequence of length k + 1. */
  const ends = new Int32Array(n);
  const before = new Int32Array(n).fill(-1);
  let length = 0;
  for (let i = 0; i < n; i += 1) {
    const value = values[i] ?? NaN;
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((values[ends[middle] ?? 0] ?? NaN) <= value) low = middle + 1;
      else high = middle;
    }
    before[i] = low === 0 ? -1 : (ends[low - 1] ?? -1);
    ends[low] = i;
    if (low === length) length += 1;
  }
  const isInOrder = new Uint8Array(n);
  for (let i = length === 0 ? -1 : (ends[length - 1] ?? -1); i >= 0; i = before[i] ?? -1)
    isInOrder[i] = 1;
  const strays: number[] = [];
  for (let i = 0; i < n; i += 1) if (isInOrder[i] === 0) strays.push(i);
  return strays;
}
