/** Grades of the rows of one query that have the same score. */
export type Tie = readonly number[];

/** A query's rows as scores rank them, the highest score first; which of a tie comes first is not known. */
export function tiesOf(grades: Float64Array, scores: Float64Array): readonly Tie[] {
  const order = Int32Array.from(scores.keys()).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  const ties: number[][] = [];
  let last = NaN;
  for (const row of order) {
    const score = scores[row] ?? 0;
    const grade = grades[row] ?? 0;
    if (score === last) ties.at(-1)?.push(grade);
    else ties.push([grade]);
    last = score;
  }
  return ties;
}
