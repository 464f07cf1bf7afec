import { forAnomalies, type Metric } from './metric.ts';

const HIGH = 0.95;
const MIDDLE = 0.5;

export const scoreTail: Metric = {
  name: 'score_tail',
  title: 'Tail of scores',
  better: 'higher',
  bounds: [0, 1],
  help: 'How far the 95% quantile of the anomaly scores lies above their median: 0 where no row stands out. Without labels no figure can say whether the rows that do are the right ones.',
  ...forAnomalies(({ scores }) => {
    const order = Int32Array.from(scores.keys()).sort(
      (a, b) => (scores[a] ?? 0) - (scores[b] ?? 0) || a - b,
    );
    return (counts) => {
      const total = counts.reduce((sum, count) => sum + count, 0);
      if (total === 0) return null;
      const at = (share: number): number => scores[atRank(order, counts, share * total)] ?? 0;
      return at(HIGH) - at(MIDDLE);
    };
  }),
};

/** The first row in order at which the counts up to there reach a rank. */
function atRank(order: Int32Array, counts: Uint32Array, rank: number): number {
  let sum = 0;
  for (const row of order) {
    sum += counts[row] ?? 0;
    if (sum >= rank) return row;
  }
  return order.at(-1) ?? 0;
}
