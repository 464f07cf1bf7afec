// What happens to a node's rows once its split is known.

/**
 * Parts rows by a feature's bins, stably and without a branch.
 *
 * @param rows row numbers, uint32, in place: those that go left first
 * @param bins the feature's bins, one every four bytes
 * @param goesLeft a byte for each bin: 1 left, 0 right
 * @param scratch room for as many rows
 * @returns how many go left
 */
export function partitionRows(
  rows: usize,
  count: i32,
  bins: usize,
  goesLeft: usize,
  scratch: usize,
): i32 {
  const end = rows + ((<usize>count) << 2);
  let left = rows;
  let right = scratch;
  for (let at = rows; at < end; at += 4) {
    const row = load<u32>(at);
    const step = (<usize>load<u8>(goesLeft + load<u8>(bins + ((<usize>row) << 2)))) << 2;
    store<u32>(left, row);
    store<u32>(right, row);
    left += step;
    right += 4 - step;
  }
  memory.copy(left, scratch, right - scratch);
  return <i32>((left - rows) >> 2);
}

/**
 * Parts rows by a feature's bins into another list, without a branch: the next row that goes left is written at `left`,
 * the next that goes right at `right`. Backward, from the last row to the first, places fall: so two threads part a
 * node's rows from both ends, stably, where it is known how many go left.
 *
 * @param bins the feature's bins, one every four bytes
 * @param goesLeft a byte for each bin: 255 left, 0 right
 */
export function placeRows(
  rows: usize,
  count: i32,
  isBackward: bool,
  bins: usize,
  goesLeft: usize,
  left: usize,
  right: usize,
): void {
  const step: usize = isBackward ? <usize>-4 : 4;
  let at = isBackward ? rows + ((<usize>count) << 2) - 4 : rows;
  const end = at + <usize>count * step;
  let apart = left ^ right;
  for (; at != end; at += step) {
    const row = load<u32>(at);
    const mask = <usize>load<i8>(goesLeft + load<u8>(bins + ((<usize>row) << 2)));
    store<u32>(right ^ (apart & mask), row);
    const toLeft = step & mask;
    left += toLeft;
    right += step - toLeft;
    apart = left ^ right;
  }
}

/** An entry of the table of leaves: where its rows are, how many, and what it says. */
const LEAF_BYTES: usize = 16;

/**
 * Adds what each leaf says to the scores (float64) of its rows from `first` to `end` − 1: rows of different leaves stand
 * side by side, and so each thread has rows of its own.
 *
 * @param leaves a table: where a leaf's rows are, numbers that rise (uint32), how many (int32), its value (float64)
 */
export function addToScores(leaves: usize, count: i32, first: u32, end: u32, scores: usize): void {
  for (let leaf = 0; leaf < count; leaf += 1, leaves += LEAF_BYTES) {
    const rows = <usize>load<u32>(leaves);
    const own = load<i32>(leaves, 4);
    const value = load<f64>(leaves, 8);
    const last = rows + ((<usize>own) << 2);
    for (let at = rows + (rowsBelow(rows, own, first) << 2); at < last; at += 4) {
      const row = load<u32>(at);
      if (row >= end) break;
      const score = scores + ((<usize>row) << 3);
      store<f64>(score, load<f64>(score) + value);
    }
  }
}

/** How many of some numbers, which rise, are below one. */
function rowsBelow(rows: usize, count: i32, row: u32): usize {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (load<u32>(rows + ((<usize>middle) << 2)) < row) low = middle + 1;
    else high = middle;
  }
  return <usize>low;
}
