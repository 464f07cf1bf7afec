// Values to bins.

/** Edges of one feature: 255, in rising order, and then +∞ so that a search by halves has 256. */
const HALVES = 8;

/**
 * The bin of each value: the number of edges below it, found by halves without a branch. NaN gets `missing`.
 *
 * @param values float32
 * @param edges 256 × float32, rising; those not needed are +∞
 * @param out one byte every four
 */
export function binValues(values: usize, count: i32, edges: usize, missing: u32, out: usize): void {
  const end = values + ((<usize>count) << 2);
  for (let at = values; at < end; at += 4) {
    const value = load<f32>(at);
    let below: usize = edges;
    for (let half = HALVES - 1; half >= 0; half -= 1) {
      const width: usize = (<usize>4) << half;
      below += select<usize>(width, 0, load<f32>(below + width - 4) < value);
    }
    store<u8>(out, select<u32>(<u32>((below - edges) >> 2), missing, value == value));
    out += 4;
  }
}

/**
 * Sorts float32 values, smallest first, and leaves NaN out: least significant digit first, by 11, 11 and 10
 * bits of the number's order-preserving integer.
 *
 * @param out room for as many values, or the values' own
 * @param scratch room for as many values
 * @param counters room for 3 × 2048 × uint32
 * @returns how many numbers there are
 */
export function sortValues(
  values: usize,
  count: i32,
  out: usize,
  scratch: usize,
  counters: usize,
): i32 {
  memory.fill(counters, 0, 3 * 8192);
  let to = scratch;
  for (let i: usize = 0; i < <usize>count; i += 1) {
    const bits = load<u32>(values + (i << 2));
    if ((bits & 0x7fffffff) > 0x7f800000) continue;
    const key = bits ^ ((<u32>((<i32>bits) >> 31)) | 0x80000000);
    store<u32>(to, key);
    to += 4;
    increment(counters + ((<usize>(key & 2047)) << 2));
    increment(counters + 8192 + ((<usize>((key >> 11) & 2047)) << 2));
    increment(counters + 16384 + ((<usize>(key >> 22)) << 2));
  }
  const numbers = (to - scratch) >> 2;
  for (let pass: usize = 0; pass < 3; pass += 1) {
    const own = counters + pass * 8192;
    let sum: u32 = 0;
    for (let digit: usize = 0; digit < 8192; digit += 4) {
      const here = load<u32>(own + digit);
      store<u32>(own + digit, sum);
      sum += here;
    }
    const source = pass == 1 ? out : scratch;
    const target = pass == 1 ? scratch : out;
    const shift = <u32>pass * 11;
    for (let i: usize = 0; i < numbers; i += 1) {
      const key = load<u32>(source + (i << 2));
      const slot = own + ((<usize>((key >> shift) & 2047)) << 2);
      const place = load<u32>(slot);
      store<u32>(slot, place + 1);
      store<u32>(target + ((<usize>place) << 2), key);
    }
  }
  for (let i: usize = 0; i < numbers; i += 1) {
    const key = load<u32>(out + (i << 2));
    store<u32>(out + (i << 2), key ^ (key >> 31 ? 0x80000000 : 0xffffffff));
  }
  return <i32>numbers;
}

function increment(counter: usize): void {
  store<u32>(counter, load<u32>(counter) + 1);
}

/**
 * Puts the bins of each row side by side, a record for each row.
 *
 * @param quads bins, four bytes a row, of `groups` groups of four features after each other, `pitch` bytes apart
 * @param width bytes of a record, of which 4 × groups are written
 */
export function writeRecords(
  quads: usize,
  pitch: usize,
  groups: i32,
  rows: i32,
  records: usize,
  width: usize,
): void {
  const end = quads + ((<usize>rows) << 2);
  for (let row = quads; row < end; row += 4) {
    let at = row;
    for (let group = 0; group < groups; group += 1) {
      store<u32>(records + ((<usize>group) << 2), load<u32>(at));
      at += pitch;
    }
    records += width;
  }
}
