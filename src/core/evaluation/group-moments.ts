import type { ScoredGroups } from './metric.ts';

/** Of weighted rows in groups: where the groups are and how far their rows are from there. Empty groups are left out. */
export interface GroupMoments {
  /** Weight of each group's rows. */
  readonly sizes: readonly number[];
  /** Mean of each group's rows. */
  readonly centres: readonly Float64Array[];
  /** Mean of all rows. */
  readonly middle: Float64Array;
  /** Mean distance of each group's rows to its centre. */
  readonly spreads: readonly number[];
  /** Sum of all squared distances of rows to their group's centre. */
  readonly within: number;
}

/** @param counts how often each row counts */
export function groupMoments(scored: ScoredGroups, counts: Uint32Array): GroupMoments {
  const { groups, features } = scored;
  const { width } = features;
  const { sizes, sums } = groupSums(scored, counts);
  const centres = sums.map((sum, at) => sum / (sizes[Math.floor(at / width)] ?? 1));
  const total = sizes.reduce((all, size) => all + size, 0);
  const middle = Float64Array.from({ length: width }, (_, j) => {
    let sum = 0;
    for (let g = 0; g < groups; g += 1) sum += sums[g * width + j] ?? 0;
    return sum / total;
  });
  const { distances, within } = spreadAround(scored, counts, centres);
  const taken = Array.from(sizes.keys()).filter((g) => (sizes[g] ?? 0) > 0);
  return {
    sizes: taken.map((g) => sizes[g] ?? 0),
    centres: taken.map((g) => centres.subarray(g * width, (g + 1) * width)),
    middle,
    spreads: taken.map((g) => (distances[g] ?? 0) / (sizes[g] ?? 1)),
    within,
  };
}

/** Weight of each group's rows, and the weighted sum of their features [groups, width]. */
function groupSums(
  { labels, groups, features: { width, values } }: ScoredGroups,
  counts: Uint32Array,
): { readonly sizes: Float64Array; readonly sums: Float64Array } {
  const sizes = new Float64Array(groups);
  const sums = new Float64Array(groups * width);
  for (let i = 0; i < labels.length; i += 1) {
    const count = counts[i] ?? 0;
    if (count === 0) continue;
    const group = labels[i] ?? 0;
    sizes[group] = (sizes[group] ?? 0) + count;
    const row = i * width;
    const sum = group * width;
    for (let j = 0; j < width; j += 1) {
      sums[sum + j] = (sums[sum + j] ?? 0) + count * (values[row + j] ?? 0);
    }
  }
  return { sizes, sums };
}

/** Weighted sums of the rows' distances to their group's centre, by group, and of all squared ones. */
function spreadAround(
  { labels, groups, features: { width, values } }: ScoredGroups,
  counts: Uint32Array,
  centres: Float64Array,
): { readonly distances: Float64Array; readonly within: number } {
  const distances = new Float64Array(groups);
  let within = 0;
  for (let i = 0; i < labels.length; i += 1) {
    const count = counts[i] ?? 0;
    if (count === 0) continue;
    const group = labels[i] ?? 0;
    const row = i * width;
    const centre = group * width;
    let square = 0;
    for (let j = 0; j < width; j += 1) {
      const away = (values[row + j] ?? 0) - (centres[centre + j] ?? 0);
      square += away * away;
    }
    within += count * square;
    distances[group] = (distances[group] ?? 0) + count * Math.sqrt(square);
  }
  return { distances, within };
}

export function squaredGap(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, j) => sum + (value - (b[j] ?? 0)) * (value - (b[j] ?? 0)), 0);
}
