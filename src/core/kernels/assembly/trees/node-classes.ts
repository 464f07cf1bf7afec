// The best split of one node over one feature for more than two classes. A bin is classes + 1 float64: the weight of each
// class, and the number of rows. The histogram is all 0 before and after.
import { entropyPurity, giniPurity } from './purity.ts';

/**
 * Tries the thresholds of a feature for the purest sides: by Gini impurity, or by entropy where `isEntropy`. Arguments
 * and results are those of `findNodeSplit`, but for these:
 *
 * @param classOf class numbers, float64, and `weights` float64 per row
 * @param out score float64, then as int32 feature, last bin on the left, first on the right, whether missing values go
 *   left; after these 24 bytes the left side's bin
 * @param scratch room for three bins
 */
export function findClassSplit(
  rows: usize,
  count: i32,
  column: usize,
  missing: i32,
  classOf: usize,
  weights: usize,
  classes: i32,
  bins: usize,
  totals: usize,
  leastRows: i32,
  isEntropy: bool,
  draw: f64,
  limits: usize,
  feature: i32,
  out: usize,
  scratch: usize,
): bool {
  if (count == 0) return false;
  const size = (<usize>classes + 1) << 3;
  const counter = size - 8;
  const end = rows + ((<usize>count) << 2);
  let lowest = 255;
  let highest = 0;
  for (let at = rows; at < end; at += 4) {
    const row = <usize>load<u32>(at);
    const number = <i32>load<u8>(column + (row << 2));
    const bin = bins + <usize>number * size;
    add(bin + ((<usize>load<f64>(classOf + (row << 3))) << 3), load<f64>(weights + (row << 3)));
    add(bin + counter, 1);
    lowest = min(lowest, number);
    highest = max(highest, number);
  }
  const only =
    draw < 0
      ? -1
      : drawnClassBin(bins, size, lowest, highest, missing, draw < 1 ? draw : draw - 1, limits);
  const onlyPass = draw < 1 ? 0 : 1;
  const absent = bins + <usize>missing * size;
  const passes = load<f64>(absent + counter) == 0 ? 1 : 2;
  const left = scratch;
  const right = scratch + size;
  let best = load<f64>(out);
  let isParted = false;
  for (let pass = 0; pass < passes; pass += 1) {
    if (pass == 0) memory.fill(left, 0, size);
    else memory.copy(left, absent, size);
    let isOpen = false;
    for (let bin = lowest; bin <= highest && bin < missing; bin += 1) {
      const at = bins + <usize>bin * size;
      if (load<f64>(at + counter) == 0) continue;
      if (isOpen) store<i32>(out, bin, 16);
      isOpen = false;
      for (let k: usize = 0; k < size; k += 8) {
        add(left + k, load<f64>(at + k));
        store<f64>(right + k, load<f64>(totals + k) - load<f64>(left + k));
      }
      const others = load<f64>(right + counter);
      if (others == 0) break;
      isParted = true;
      if (only >= 0 && (bin != only || (passes == 2 && pass != onlyPass))) continue;
      if (load<f64>(left + counter) < <f64>leastRows || others < <f64>leastRows) continue;
      const score = isEntropy
        ? entropyPurity(left, counter) + entropyPurity(right, counter)
        : giniPurity(left, counter) + giniPurity(right, counter);
      if (score > best) {
        best = score;
        store<f64>(out, best);
        store<i32>(out, feature, 8);
        store<i32>(out, bin, 12);
        store<i32>(out, -1, 16);
        store<i32>(out, passes == 1 ? 2 : pass, 20);
        memory.copy(out + 24, left, size);
        isOpen = true;
      }
    }
  }
  memory.fill(bins + <usize>lowest * size, 0, (<usize>(highest - lowest) + 1) * size);
  return isParted;
}

function add(at: usize, value: f64): void {
  store<f64>(at, load<f64>(at) + value);
}

/** As `drawnBin` of node-sums.ts. */
function drawnClassBin(
  bins: usize,
  size: usize,
  lowest: i32,
  highest: i32,
  missing: i32,
  draw: f64,
  limits: usize,
): i32 {
  let last = -1;
  for (let bin = lowest; bin <= highest && bin < missing; bin += 1) {
    if (load<f64>(bins + <usize>bin * size + size - 8) != 0) last = bin;
  }
  if (last < 0) return 0;
  const low = <f64>load<f32>(limits + ((<usize>lowest) << 3));
  const high = <f64>load<f32>(limits + ((<usize>last) << 3), 4);
  const threshold = low + draw * (high - low);
  let chosen = lowest;
  for (let bin = lowest + 1; bin < last; bin += 1) {
    if (load<f64>(bins + <usize>bin * size + size - 8) == 0) continue;
    if (<f64>load<f32>(limits + ((<usize>bin) << 3), 4) <= threshold) chosen = bin;
  }
  return chosen;
}
