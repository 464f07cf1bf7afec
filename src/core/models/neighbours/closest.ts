export interface Closest {
  /** The kept rows that are closest, nearest first; of equally close ones the first first. */
  readonly places: Int32Array;
  /** Their sums of squared, or of absolute, differences, ascending. */
  readonly sums: Float64Array;
}

/**
 * The kept rows closest to one row. Differences are added up feature by feature in float64, which is what the graph does
 * too: then both see the same ties. (‖w‖² − 2xw would be quicker and loses the digits that tell close rows apart.)
 * @param kept float32 [width, keptRows]
 */
export function closest(
  row: Float32Array,
  kept: Float32Array,
  keptRows: number,
  k: number,
  euclidean: boolean,
): Closest {
  const sums = new Float64Array(keptRows);
  for (let j = 0; j < row.length; j += 1) {
    const x = row[j] ?? 0;
    const at = j * keptRows;
    for (let m = 0; m < keptRows; m += 1) {
      const away = (kept[at + m] ?? 0) - x;
      sums[m] = (sums[m] ?? 0) + (euclidean ? away * away : Math.abs(away));
    }
  }
  const found = Math.min(k, keptRows);
  const best = new Float64Array(found).fill(Infinity);
  const places = new Int32Array(found);
  let filled = 0;
  for (let m = 0; m < keptRows; m += 1) {
    const sum = sums[m] ?? 0;
    if (filled === found && !(sum < (best[found - 1] ?? 0))) continue;
    let at = filled === found ? found - 1 : filled;
    for (; at > 0 && (best[at - 1] ?? 0) > sum; at -= 1) {
      best[at] = best[at - 1] ?? 0;
      places[at] = places[at - 1] ?? 0;
    }
    best[at] = sum;
    places[at] = m;
    if (filled < found) filled += 1;
  }
  return { places, sums: best };
}
