import { ln, pow } from '#core/math.ts';

/** The highest grade of relevance: as in LightGBM's label gains, which end at 2^31 − 1. */
export const MAX_GRADE = 31;

const gains = Float64Array.from({ length: MAX_GRADE + 1 }, (_, grade) => pow(2, grade) - 1);

/** What a row of a grade is worth: 2^grade − 1 (Burges et al., 2005, Learning to rank using gradient descent). */
export function gainOf(grade: number): number {
  return gains[grade] ?? NaN;
}

/** What a place counts: 1 ÷ log₂(place + 2), the first place being 0 (Järvelin and Kekäläinen, 2002). */
export function discountOf(place: number): number {
  return Math.LN2 / ln(place + 2);
}

/** Discounted gain of rows in the best order, over the first `places`. */
export function bestGain(grades: Float64Array, places: number): number {
  const sorted = grades.slice().sort().reverse().subarray(0, places);
  return sorted.reduce((sum, grade, place) => sum + gainOf(grade) * discountOf(place), 0);
}
