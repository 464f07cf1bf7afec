// Histograms of gradients. A bin is 16 bytes: the sum of gradients as an int64, and the sum of hessians
// above the number of rows in one uint64. Sums of integers are the same in any order, and a difference of
// histograms is exact.

/**
 * Adds rows to the histograms of four features whose bins stand side by side, four bytes a row.
 *
 * @param rows row numbers, uint32
 * @param quad the bins of four features
 * @param sums gradient, hessian and count of every row, as in a bin
 */
export function addRows(
  rows: usize,
  count: i32,
  quad: usize,
  sums: usize,
  first: usize,
  second: usize,
  third: usize,
  fourth: usize,
): void {
  const end = rows + ((<usize>count) << 2);
  for (let at = rows; at < end; at += 4) {
    const row = <usize>load<u32>(at);
    const bins = load<u32>(quad + (row << 2));
    const sum = v128.load(sums + (row << 4));
    add(first + ((bins << 4) & 0xff0), sum);
    add(second + ((bins >> 4) & 0xff0), sum);
    add(third + ((bins >> 12) & 0xff0), sum);
    add(fourth + ((bins >> 20) & 0xff0), sum);
  }
}

/** The same for the rows 0 … count − 1. */
export function addAllRows(
  count: i32,
  quad: usize,
  sums: usize,
  first: usize,
  second: usize,
  third: usize,
  fourth: usize,
): void {
  const end = quad + ((<usize>count) << 2);
  for (let at = quad; at < end; at += 4) {
    const bins = load<u32>(at);
    const sum = v128.load(sums);
    sums += 16;
    add(first + ((bins << 4) & 0xff0), sum);
    add(second + ((bins >> 4) & 0xff0), sum);
    add(third + ((bins >> 12) & 0xff0), sum);
    add(fourth + ((bins >> 20) & 0xff0), sum);
  }
}

/** Takes `bins` bins from those at `from`, which keep the difference. */
export function subtractBins(from: usize, taken: usize, bins: i32): void {
  const end = from + ((<usize>bins) << 4);
  while (from < end) {
    v128.store(from, i64x2.sub(v128.load(from), v128.load(taken)));
    from += 16;
    taken += 16;
  }
}

/** The sum of `count` bins, or of as many rows' gradients, written to `out`. */
export function sumBins(bins: usize, count: i32, out: usize): void {
  let sum = i64x2.splat(0);
  const end = bins + ((<usize>count) << 4);
  for (let at = bins; at < end; at += 16) sum = i64x2.add(sum, v128.load(at));
  v128.store(out, sum);
}

function add(bin: usize, sum: v128): void {
  v128.store(bin, i64x2.add(v128.load(bin), sum));
}
