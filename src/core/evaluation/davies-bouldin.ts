import { groupMoments, squaredGap } from './group-moments.ts';
import { forGroups, type Metric } from './metric.ts';

/** Distances that are only rounding count as none, as in scikit-learn. */
const NEARLY_NONE = 1e-8;

/** Davies and Bouldin, 1979; scikit-learn's davies_bouldin_score. */
export const daviesBouldin: Metric = {
  name: 'davies_bouldin',
  title: 'Davies–Bouldin',
  better: 'lower',
  bounds: [0, Infinity],
  help: 'How wide the groups are beside the distance between them, each with the one that it is most like; 0 is best.',
  undefinedWhen: 'all these rows are in one group',
  ...forGroups((scored) => (counts) => {
    const { centres, spreads } = groupMoments(scored, counts);
    if (centres.length < 2) return null;
    const gaps = centres.map((a) => centres.map((b) => Math.sqrt(squaredGap(a, b))));
    const isFlat =
      spreads.every((spread) => spread <= NEARLY_NONE) ||
      gaps.every((row) => row.every((gap) => gap <= NEARLY_NONE));
    if (isFlat) return 0;
    const worst = spreads.map((spread, g) =>
      Math.max(...spreads.map((other, h) => likeness(spread + other, gaps[g]?.[h] ?? 0))),
    );
    return worst.reduce((sum, ratio) => sum + ratio, 0) / worst.length;
  }),
};

/** Two groups at one place have no distance to measure by. */
function likeness(widths: number, gap: number): number {
  return gap === 0 ? 0 : widths / gap;
}
