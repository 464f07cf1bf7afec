import type { PreparedForecast } from './prepare-forecast.ts';

/**
 * What MASE is scaled by: the mean over training rows of |y(t) − y(t − season)|, whatever the horizon (Hyndman and
 * Koehler, 2006). A season earlier is so many rows earlier in the same series.
 * @param train rows of the data
 * @param values of the target, in the timeline's order; NaN where missing
 * @returns nothing where no training row has a value a season earlier
 */
export function naiveErrorOf(
  { timeline: { places, starts }, contract: { season } }: PreparedForecast,
  train: Int32Array,
  values: Float64Array,
): { readonly naiveError?: number } {
  let [sum, count] = [0, 0];
  for (const row of train) {
    const place = places[row] ?? 0;
    if (place - season < (starts[place] ?? 0)) continue;
    const difference = Math.abs((values[place] ?? NaN) - (values[place - season] ?? NaN));
    if (Number.isNaN(difference)) continue;
    sum += difference;
    count += 1;
  }
  return count === 0 ? {} : { naiveError: sum / count };
}
