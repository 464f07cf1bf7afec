/** Values of a regression target conflict when they differ by more than this share of its deviation. */
export const CONFLICT_TOLERANCE = 0.1;

/** How far apart the values of some rows lie: the largest less the smallest. */
export function spreadOf(values: Float64Array, rows: readonly number[]): number {
  let [least, most] = [Infinity, -Infinity];
  for (const row of rows) {
    const value = values[row] ?? NaN;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return most - least;
}
