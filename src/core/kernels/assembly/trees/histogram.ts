// Histograms of gradients. A bin is 16 bytes: the sum of gradients as an int64, and the sum of hessians
// above the number of rows in one uint64. Sums of integers are the same in any order, and a difference of
// histograms is exact.

/** Rows that are brought together at a time: their bins and sums stay near the processor. */
const BLOCK: i32 = 2048;
/** Pairs of features whose bins are brought together at a time: 16 bytes of a record. */
const PIECE: i32 = 8;
/** An entry of the table of features that `findSplit` reads: it begins with where the feature's bins are. */
const FEATURE_BYTES: usize = 16;

/**
 * Adds rows that follow each other to the histograms of the pairs of features from … to − 1. The four features of a group
 * are added side by side, or two where the other pair is not asked for.
 *
 * @param quads bins, four bytes a row, of one group of four features after the other, `pitch` bytes apart
 * @param sums gradient, hessian and count of every row, as in a bin
 * @param table of features, as `findSplit` reads it
 */
export function addAllRows(
  count: i32,
  quads: usize,
  pitch: usize,
  sums: usize,
  table: usize,
  from: i32,
  to: i32,
  histogram: usize,
): void {
  for (let start = 0; start < count; start += BLOCK) {
    const length = min(BLOCK, count - start);
    const own = sums + ((<usize>start) << 4);
    addPairs(length, quads + ((<usize>start) << 2), pitch, own, table, from, to, histogram);
  }
}

/**
 * Adds rows of a list as `addAllRows` does. They are brought together first: waiting for the memory in a loop of its own,
 * many rows at once, takes half the time.
 *
 * @param rows row numbers, uint32
 * @param records every row's bins, a byte for each feature; 16 bytes behind the last one are read too
 * @param width bytes of a record
 * @param desk room for 2048 × 32 bytes
 */
export function addRows(
  rows: usize,
  count: i32,
  records: usize,
  width: usize,
  sums: usize,
  table: usize,
  from: i32,
  to: i32,
  histogram: usize,
  desk: usize,
): void {
  const quads = desk + ((<usize>BLOCK) << 4);
  const pitch = (<usize>BLOCK) << 2;
  for (let start = 0; start < count; start += BLOCK) {
    const length = min(BLOCK, count - start);
    const list = rows + ((<usize>start) << 2);
    gatherSums(list, length, sums, desk);
    for (let first = from & ~1; first < to; first += PIECE) {
      gatherPieces(list, length, records + ((<usize>first) << 1), width, quads);
      const whole = quads - <usize>(first >> 1) * pitch;
      const end = min(to, first + PIECE);
      addPairs(length, whole, pitch, desk, table, max(from, first), end, histogram);
    }
  }
}

function gatherSums(rows: usize, count: i32, sums: usize, out: usize): void {
  const end = rows + ((<usize>count) << 2);
  for (let at = rows; at < end; at += 4) {
    v128.store(out, v128.load(sums + ((<usize>load<u32>(at)) << 4)));
    out += 16;
  }
}

/** Takes the first 16 bytes of each record apart into four groups, as quads are. */
function gatherPieces(rows: usize, count: i32, records: usize, width: usize, out: usize): void {
  const end = rows + ((<usize>count) << 2);
  for (let at = rows; at < end; at += 4) {
    const piece = v128.load(records + <usize>load<u32>(at) * width);
    v128.store_lane<u32>(out, piece, 0);
    v128.store_lane<u32>(out, piece, 1, 4 * BLOCK);
    v128.store_lane<u32>(out, piece, 2, 8 * BLOCK);
    v128.store_lane<u32>(out, piece, 3, 12 * BLOCK);
    out += 4;
  }
}

/** Rows one after the other, their bins and their sums. */
function addPairs(
  count: i32,
  quads: usize,
  pitch: usize,
  sums: usize,
  table: usize,
  from: i32,
  to: i32,
  histogram: usize,
): void {
  for (let pair = from; pair < to;) {
    const isWhole = (pair & 1) == 0 && pair + 1 < to;
    const bins = quads + <usize>(pair >> 1) * pitch;
    const entry = table + <usize>pair * (2 * FEATURE_BYTES);
    if (isWhole) addFour(count, bins, sums, entry, histogram);
    else addTwo(count, bins + ((pair & 1) << 1), sums, entry, histogram);
    pair += isWhole ? 2 : 1;
  }
}

/** Rows one after the other to four histograms, two rows at a time. */
function addFour(count: i32, quad: usize, sums: usize, entry: usize, histogram: usize): void {
  const first = histogram + ((<usize>load<u32>(entry)) << 4);
  const second = histogram + ((<usize>load<u32>(entry, FEATURE_BYTES)) << 4);
  const third = histogram + ((<usize>load<u32>(entry, 2 * FEATURE_BYTES)) << 4);
  const fourth = histogram + ((<usize>load<u32>(entry, 3 * FEATURE_BYTES)) << 4);
  const end = quad + ((<usize>(count & ~1)) << 2);
  while (quad < end) {
    const bins = load<u64>(quad);
    const sum = v128.load(sums);
    add(first + (((<usize>bins) << 4) & 0xff0), sum);
    add(second + (((<usize>bins) >> 4) & 0xff0), sum);
    add(third + (((<usize>bins) >> 12) & 0xff0), sum);
    add(fourth + (((<usize>bins) >> 20) & 0xff0), sum);
    const next = v128.load(sums, 16);
    add(first + ((<usize>(bins >> 28)) & 0xff0), next);
    add(second + ((<usize>(bins >> 36)) & 0xff0), next);
    add(third + ((<usize>(bins >> 44)) & 0xff0), next);
    add(fourth + ((<usize>(bins >> 52)) & 0xff0), next);
    quad += 8;
    sums += 32;
  }
  if ((count & 1) == 0) return;
  const bins = <usize>load<u32>(quad);
  const sum = v128.load(sums);
  add(first + ((bins << 4) & 0xff0), sum);
  add(second + ((bins >> 4) & 0xff0), sum);
  add(third + ((bins >> 12) & 0xff0), sum);
  add(fourth + ((bins >> 20) & 0xff0), sum);
}

/** Rows one after the other to two histograms. @param pairs the bins of a row: two bytes every four */
function addTwo(count: i32, pairs: usize, sums: usize, entry: usize, histogram: usize): void {
  const first = histogram + ((<usize>load<u32>(entry)) << 4);
  const second = histogram + ((<usize>load<u32>(entry, FEATURE_BYTES)) << 4);
  const end = pairs + ((<usize>count) << 2);
  while (pairs < end) {
    const sum = v128.load(sums);
    add(first + ((<usize>load<u8>(pairs)) << 4), sum);
    add(second + ((<usize>load<u8>(pairs, 1)) << 4), sum);
    pairs += 4;
    sums += 16;
  }
}

/** Makes bins 0: in memory that threads share JavaScript would do it byte by byte. */
export function clearBins(bins: usize, count: i32): void {
  memory.fill(bins, 0, (<usize>count) << 4);
}

/** Adds `bins` bins to those at `to`. */
export function addBins(to: usize, added: usize, bins: i32): void {
  const end = to + ((<usize>bins) << 4);
  while (to < end) {
    v128.store(to, i64x2.add(v128.load(to), v128.load(added)));
    to += 16;
    added += 16;
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
