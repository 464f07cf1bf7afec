import { expBelowZero } from '#core/models/linear/exp-below-zero.ts';
import type { Matrix } from './plain-networks.ts';

// The plain twins of the kernels of attention: a row is a matrix of its places, rounded to float32 at each operation.

const { fround } = Math;

export interface Attended {
  readonly shares: readonly number[];
  readonly mean: readonly number[];
}

/** The mean of a row's places, by shares of e^(query · place); a place of zeros has none. */
export function plainAttend(places: Matrix, query: readonly number[]): Attended {
  const scores = places.map((place) =>
    place.every((x) => x === 0) ? -Infinity : plainDot(place, query),
  );
  const top = Math.max(...scores);
  if (top === -Infinity) return { shares: scores.map(() => 0), mean: query.map(() => 0) };
  const powers = scores.map((score) => (score === -Infinity ? 0 : expBelowZero(score - top)));
  const factor = fround(1 / powers.reduce((sum, power) => sum + power, 0));
  const shares = powers.map((power) => fround(fround(power) * factor));
  const mean = query.map((_, j) =>
    places.reduce((sum, place, k) => fround(sum + times(shares[k], place[j])), 0),
  );
  return { shares, mean };
}

export interface AttendedBack {
  readonly places: readonly (readonly number[])[];
  readonly query: readonly number[];
}

/** From derivatives by one row's mean to those by its places; those by the query are added to what there is. */
export function plainAttendBack(
  places: Matrix,
  query: readonly number[],
  given: readonly number[],
  before: readonly number[],
): AttendedBack {
  const { shares } = plainAttend(places, query);
  const slopes = places.map((place, k) => (shares[k] === 0 ? 0 : plainDot(place, given)));
  const mean = slopes.reduce((sum, slope, k) => fround(sum + times(shares[k], slope)), 0);
  let gradient = before;
  const back = places.map((place, k) => {
    const slope = times(shares[k], fround((slopes[k] ?? NaN) - mean));
    gradient = gradient.map((sum, j) => fround(sum + times(slope, place[j])));
    return given.map((one, j) => fround(times(shares[k], one) + times(slope, query[j])));
  });
  return { places: back, query: gradient };
}

/** Sums of every fourth product, and these in pairs. */
function plainDot(a: readonly number[], b: readonly number[]): number {
  const lanes = [0, 0, 0, 0];
  for (const [j, x] of a.entries()) {
    lanes[j % 4] = fround((lanes[j % 4] ?? NaN) + times(x, b[j]));
  }
  const [one = NaN, two = NaN, three = NaN, four = NaN] = lanes;
  return fround(fround(one + two) + fround(three + four));
}

function times(a: number | undefined, b: number | undefined): number {
  return fround((a ?? NaN) * (b ?? NaN));
}
