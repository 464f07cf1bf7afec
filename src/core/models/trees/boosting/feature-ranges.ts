import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TreeMachine } from '#core/kernels/tree-kernels.ts';
import type { BinnedFeatures } from '../binned-features.ts';

/** Pairs of features that follow each other, for one thread: features from … to − 1, with their bins. */
export interface FeatureRange {
  readonly fromPair: number;
  readonly toPair: number;
  readonly from: number;
  readonly to: number;
  readonly firstBin: number;
  readonly bins: number;
  /** What `addRows` gathers a block of rows in. */
  readonly desk: Address;
}

const DESK_BYTES = 2048 * 32;

/** All features, cut into so many ranges at most, about equally many pairs in each. */
export function featureRanges(
  { memory }: TreeMachine,
  { features, totalBins }: BinnedFeatures,
  most: number,
): readonly FeatureRange[] {
  const pairs = Math.ceil(features.length / 2);
  const count = Math.max(1, Math.min(most, pairs));
  const firstBin = (pair: number): number => features[pair * 2]?.offset ?? totalBins;
  return Array.from({ length: count }, (_, i) => {
    const fromPair = Math.floor((i * pairs) / count);
    const toPair = Math.floor(((i + 1) * pairs) / count);
    const first = firstBin(fromPair);
    return {
      ...{ fromPair, toPair, from: fromPair * 2, firstBin: first },
      to: Math.min(toPair * 2, features.length),
      bins: firstBin(toPair) - first,
      desk: memory.take(DESK_BYTES),
    };
  });
}
