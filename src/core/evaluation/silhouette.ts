import { sampleRows } from '#core/data/profile/sample-rows.ts';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import { RandomStream } from '#core/random.ts';
import { forGroups, weightedMean, type Metric, type ScoredGroups } from './metric.ts';

/** Each of these is compared with every other one; of more rows as many are drawn, by a seed of its own. */
const SILHOUETTE_ROWS = 2000;
const SAMPLE_SEED = 1;

/** Rousseeuw, 1987; scikit-learn's silhouette_score. Resamples weigh the rows' own values, their groups being as they are. */
export const silhouette: Metric = {
  name: 'silhouette',
  title: 'Silhouette',
  better: 'higher',
  bounds: [-1, 1],
  help: 'How much closer a row is to its own group than to the next one, from −1 to 1: 0 between two groups, 1 deep inside its own.',
  undefinedWhen: 'all these rows are in one group, or each is in a group of its own',
  ...forGroups((scored) => {
    const values = silhouettes(scored);
    return (counts) => {
      if (values === null) return null;
      const drawn = Uint32Array.from(values.rows, (row) => counts[row] ?? 0);
      return weightedMean(values.values, drawn);
    };
  }),
};

/**
 * (b − a) ÷ max(a, b) of each row that is looked at: a is its mean distance to the others of its group, b the least mean
 * distance to another group. 0 for the only row of a group.
 */
function silhouettes({
  labels,
  groups,
  features,
}: ScoredGroups): { readonly rows: Int32Array; readonly values: Float64Array } | null {
  const rows = sampleRows(labels.length, SILHOUETTE_ROWS, new RandomStream(SAMPLE_SEED));
  const own = rows.map((row) => labels[row] ?? 0);
  const sizes = new Int32Array(groups);
  for (const label of own) sizes[label] = (sizes[label] ?? 0) + 1;
  const taken = sizes.filter((size) => size > 0).length;
  if (taken < 2 || taken >= rows.length) return null;
  const sums = distanceSums(features, rows, own, groups);
  const values = Float64Array.from(own, (label, i) => {
    const size = sizes[label] ?? 0;
    if (size === 1) return 0;
    const within = (sums[i * groups + label] ?? 0) / (size - 1);
    let nearest = Infinity;
    for (let g = 0; g < groups; g += 1) {
      const others = sizes[g] ?? 0;
      if (g === label || others === 0) continue;
      nearest = Math.min(nearest, (sums[i * groups + g] ?? 0) / others);
    }
    const larger = Math.max(within, nearest);
    return larger === 0 ? 0 : (nearest - within) / larger;
  });
  return { rows, values };
}

/** Sum of the distances of each row to the rows of each group, [rows, groups]. */
function distanceSums(
  { width, values }: FeatureMatrix,
  rows: Int32Array,
  labels: Int32Array,
  groups: number,
): Float64Array {
  const sums = new Float64Array(rows.length * groups);
  const add = (i: number, label: number, distance: number): void => {
    sums[i * groups + label] = (sums[i * groups + label] ?? 0) + distance;
  };
  for (let i = 0; i < rows.length; i += 1) {
    const first = (rows[i] ?? 0) * width;
    for (let m = 0; m < i; m += 1) {
      const second = (rows[m] ?? 0) * width;
      let square = 0;
      for (let j = 0; j < width; j += 1) {
        const away = (values[first + j] ?? 0) - (values[second + j] ?? 0);
        square += away * away;
      }
      const distance = Math.sqrt(square);
      add(i, labels[m] ?? 0, distance);
      add(m, labels[i] ?? 0, distance);
    }
  }
  return sums;
}
