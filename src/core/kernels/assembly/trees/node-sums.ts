// The best split of one node over one feature, by sums: for trees that grow to the end, where most nodes are small.
// Bins are 16 bytes as in histogram.ts. The histogram is all 0 before and after.

/** From so many rows on, every bin is looked at; below, only those that a row is in. */
const MANY_ROWS: i32 = 192;

/**
 * Tries the thresholds of a feature for the largest G²/H of both sides together: for values, the smallest squared error;
 * for two classes as 0 and 1, the smallest Gini impurity. Missing values are tried on both sides.
 *
 * @param column the feature's bins, one every four bytes; `missing` is the bin of missing values, at most 255
 * @param occupied room for 4 × uint64
 * @param draw negative: the best threshold. Otherwise, a number in [0, 2): its fraction picks the one threshold, between the
 *   node's smallest and largest value, and from 1 on missing values go left
 * @param limits per bin its smallest and largest value, float32; read where a threshold is drawn
 * @param out in: what is to be beaten, float64. Out: the score; 16 bytes, the left side's sum; as int32 feature, last bin
 *   on the left, first bin on the right (−1: only missing values), and 1 where missing values go left, 2 where there
 *   are none
 * @returns whether the node's rows are in more than one bin
 */
export function findNodeSplit(
  rows: usize,
  count: i32,
  column: usize,
  missing: i32,
  sums: usize,
  bins: usize,
  occupied: usize,
  totals: usize,
  shift: i32,
  leastRows: i32,
  draw: f64,
  limits: usize,
  feature: i32,
  out: usize,
): bool {
  const end = rows + ((<usize>count) << 2);
  if (count >= MANY_ROWS) {
    v128.store(occupied, i64x2.splat(-1));
    v128.store(occupied, i64x2.splat(-1), 16);
    for (let at = rows; at < end; at += 4) {
      const row = <usize>load<u32>(at);
      const bin = bins + ((<usize>load<u8>(column + (row << 2))) << 4);
      v128.store(bin, i64x2.add(v128.load(bin), v128.load(sums + (row << 4))));
    }
  } else {
    v128.store(occupied, i64x2.splat(0));
    v128.store(occupied, i64x2.splat(0), 16);
    for (let at = rows; at < end; at += 4) {
      const row = <usize>load<u32>(at);
      const number = <usize>load<u8>(column + (row << 2));
      const bin = bins + (number << 4);
      v128.store(bin, i64x2.add(v128.load(bin), v128.load(sums + (row << 4))));
      const word = occupied + ((number >> 6) << 3);
      store<u64>(word, load<u64>(word) | ((<u64>1) << (number & 63)));
    }
  }
  const found = scan(
    bins,
    occupied,
    missing,
    totals,
    shift,
    leastRows,
    draw < 0 ? -1 : drawnBin(bins, occupied, missing, draw < 1 ? draw : draw - 1, limits),
    draw < 1 ? 0 : 1,
    feature,
    out,
  );
  clear(bins, occupied);
  return found;
}

/** The bin after which a threshold drawn between the smallest and the largest value of a node falls. */
function drawnBin(bins: usize, occupied: usize, missing: i32, draw: f64, limits: usize): i32 {
  let first = -1;
  let last = -1;
  for (let bin = 0; bin < missing; bin += 1) {
    if (isEmpty(bins, bin)) continue;
    if (first < 0) first = bin;
    last = bin;
  }
  if (first < 0) return 0;
  const low = <f64>load<f32>(limits + ((<usize>first) << 3));
  const high = <f64>load<f32>(limits + ((<usize>last) << 3), 4);
  const threshold = low + draw * (high - low);
  let chosen = first;
  for (let bin = first + 1; bin < last; bin += 1) {
    if (!isEmpty(bins, bin) && <f64>load<f32>(limits + ((<usize>bin) << 3), 4) <= threshold) {
      chosen = bin;
    }
  }
  return chosen;
}

function isEmpty(bins: usize, bin: i32): bool {
  return load<u64>(bins + ((<usize>bin) << 4), 8) == 0;
}

/** Goes through the bins that have rows; `only` ≥ 0 tries the threshold after that bin alone, missing values on one side. */
function scan(
  bins: usize,
  occupied: usize,
  missing: i32,
  totals: usize,
  shift: i32,
  leastRows: i32,
  only: i32,
  onlyPass: i32,
  feature: i32,
  out: usize,
): bool {
  const mask: u64 = ((<u64>1) << shift) - 1;
  const allGradients = load<i64>(totals);
  const all = load<u64>(totals, 8);
  const absent = bins + ((<usize>missing) << 4);
  const passes = load<u64>(absent, 8) == 0 ? 1 : 2;
  let best = load<f64>(out);
  let isParted = false;
  for (let pass = 0; pass < passes; pass += 1) {
    let gradients: i64 = pass == 0 ? 0 : load<i64>(absent);
    let side: u64 = pass == 0 ? 0 : load<u64>(absent, 8);
    let isOpen = false;
    for (let word = 0; word < 4; word += 1) {
      let bits = load<u64>(occupied + ((<usize>word) << 3));
      while (bits != 0) {
        const bin = (word << 6) + <i32>ctz(bits);
        bits &= bits - 1;
        if (bin >= missing) break;
        const at = bins + ((<usize>bin) << 4);
        const added = load<u64>(at, 8);
        if (added == 0) continue;
        if (isOpen) store<i32>(out, bin, 32);
        isOpen = false;
        gradients += load<i64>(at);
        side += added;
        const other = all - side;
        if (other == 0) break;
        isParted = true;
        if (only >= 0 && (bin != only || (passes == 2 && pass != onlyPass))) continue;
        if (<i32>(side & mask) < leastRows || <i32>(other & mask) < leastRows) continue;
        const left = <f64>(side >> shift);
        const right = <f64>(other >> shift);
        const gradient = <f64>gradients;
        const otherGradient = <f64>(allGradients - gradients);
        const score = (gradient * gradient) / left + (otherGradient * otherGradient) / right;
        if (score > best) {
          best = score;
          store<f64>(out, best);
          store<i64>(out, gradients, 8);
          store<u64>(out, side, 16);
          store<i32>(out, feature, 24);
          store<i32>(out, bin, 28);
          store<i32>(out, -1, 32);
          store<i32>(out, passes == 1 ? 2 : pass, 36);
          isOpen = true;
        }
      }
    }
  }
  return isParted;
}

function clear(bins: usize, occupied: usize): void {
  for (let word: usize = 0; word < 4; word += 1) {
    let bits = load<u64>(occupied + (word << 3));
    if (bits == <u64>-1) {
      memory.fill(bins + (word << 10), 0, 1024);
      continue;
    }
    while (bits != 0) {
      v128.store(bins + (word << 10) + ((<usize>ctz(bits)) << 4), i64x2.splat(0));
      bits &= bits - 1;
    }
  }
}
