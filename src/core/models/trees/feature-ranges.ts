import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TreeMachine } from '#core/kernels/tree-kernels.ts';
import type { BinnedFeatures } from './binned-features.ts';

/** Groups of features that follow each other, for one thread: features from … to − 1, with their bins. */
export interface FeatureRange {
  readonly fromGroup: number;
  readonly toGroup: number;
  readonly from: number;
  readonly to: number;
  readonly firstBin: number;
  readonly bins: number;
  /** What `addRows` gathers a block of rows in. */
  readonly desk: Address;
}

const DESK_BYTES = 4096 * 20;

/** All groups of features, cut into so many ranges at most, about equally many groups in each. */
export function featureRanges(
  { memory }: TreeMachine,
  { groups, features, totalBins }: BinnedFeatures,
  most: number,
): readonly FeatureRange[] {
  const count = Math.max(1, Math.min(most, groups));
  const firstBin = (group: number): number => features[group * 4]?.offset ?? totalBins;
  return Array.from({ length: count }, (_, i) => {
    const fromGroup = Math.floor((i * groups) / count);
    const toGroup = Math.floor(((i + 1) * groups) / count);
    const first = firstBin(fromGroup);
    return {
      ...{ fromGroup, toGroup, from: fromGroup * 4, firstBin: first },
      to: Math.min(toGroup * 4, features.length),
      bins: (toGroup === groups ? totalBins : firstBin(toGroup)) - first,
      desk: memory.take(DESK_BYTES),
    };
  });
}
