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
export function groupMoments(
  { labels, groups, features: { width, values } }: ScoredGroups,
  counts: Uint32Array,
): GroupMoments {
  const sizes = new Float64Array(groups);
  const centres = Array.from({ length: groups }, () => new Float64Array(width));
  const middle = new Float64Array(width);
  for (const [i, label] of labels.entries()) {
    const count = counts[i] ?? 0;
    const centre = centres[label];
    if (count === 0 || centre === undefined) continue;
    sizes[label] = (sizes[label] ?? 0) + count;
    for (let j = 0; j < width; j += 1) {
      const value = count * (values[i * width + j] ?? 0);
      centre[j] = (centre[j] ?? 0) + value;
      middle[j] = (middle[j] ?? 0) + value;
    }
  }
  const total = sizes.reduce((sum, size) => sum + size, 0);
  for (let j = 0; j < width; j += 1) middle[j] = (middle[j] ?? 0) / total;
  for (const [g, centre] of centres.entries()) {
    for (let j = 0; j < width; j += 1) centre[j] = (centre[j] ?? 0) / (sizes[g] ?? 1);
  }
  const distances = new Float64Array(groups);
  let within = 0;
  for (const [i, label] of labels.entries()) {
    const count = counts[i] ?? 0;
    if (count === 0) continue;
    const centre = centres[label];
    let square = 0;
    for (let j = 0; j < width; j += 1) {
      const away = (values[i * width + j] ?? 0) - (centre?.[j] ?? 0);
      square += away * away;
    }
    within += count * square;
    distances[label] = (distances[label] ?? 0) + count * Math.sqrt(square);
  }
  const taken = Array.from(sizes.keys()).filter((g) => (sizes[g] ?? 0) > 0);
  return {
    sizes: taken.map((g) => sizes[g] ?? 0),
    centres: taken.flatMap((g) => centres[g] ?? []),
    middle,
    spreads: taken.map((g) => (distances[g] ?? 0) / (sizes[g] ?? 1)),
    within,
  };
}

export function squaredGap(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, j) => sum + (value - (b[j] ?? 0)) * (value - (b[j] ?? 0)), 0);
}
