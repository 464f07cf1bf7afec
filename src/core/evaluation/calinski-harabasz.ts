import { groupMoments, squaredGap } from './group-moments.ts';
import { forGroups, type Metric } from './metric.ts';

/** Caliński and Harabasz, 1974; scikit-learn's calinski_harabasz_score. */
export const calinskiHarabasz: Metric = {
  name: 'calinski_harabasz',
  title: 'Caliński–Harabasz',
  better: 'higher',
  bounds: [0, Infinity],
  help: 'The variance between the groups beside the variance within them, each by its degrees of freedom.',
  undefinedWhen: 'all these rows are in one group, or each is in a group of its own',
  ...forGroups((scored) => (counts) => {
    const { sizes, centres, middle, within } = groupMoments(scored, counts);
    const rows = sizes.reduce((sum, size) => sum + size, 0);
    const groups = centres.length;
    if (groups < 2 || groups >= rows) return null;
    const between = centres.reduce(
      (sum, centre, g) => sum + (sizes[g] ?? 0) * squaredGap(centre, middle),
      0,
    );
    return within === 0 ? 1 : (between * (rows - groups)) / (within * (groups - 1));
  }),
};
