import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TreeCall, TreeMachine } from '#core/kernels/tree-kernels.ts';
import { stretchesOf } from '#core/parallel/stretches.ts';
import type { RandomStream } from '#core/random.ts';
import { BinDesk } from './bin-desk.ts';
import { binEdges } from './bin-edges.ts';

/** One feature's bins. */
export interface BinnedFeature {
  readonly edges: Float32Array;
  /** How many bins there are for values; that of missing values comes after them. */
  readonly bins: number;
  readonly hasMissing: boolean;
  /** Where its bins begin in a node's histogram. */
  readonly offset: number;
  /** Of a feature of categories, whose bins are its codes: which of them there are. */
  readonly occurs?: Uint8Array;
}

/** Features as bins in a kernel's memory: four features side by side, a byte each, row after row. */
export interface BinnedFeatures {
  readonly rows: number;
  readonly features: readonly BinnedFeature[];
  /** Groups of four features; the last one is filled up with features of one bin. */
  readonly groups: number;
  readonly quads: Address;
  /** As `findSplit` reads it. */
  readonly table: Address;
  /** Bins of all features together: the size of a node's histogram. */
  readonly totalBins: number;
}

export const MOST_BINS = 255;

/** Of a feature in the table. */
export const ENTRY_BYTES = 16;
/** In its flags: the split search of numbers leaves the feature out, also since it is of categories. */
export const SKIPPED = 2;

/**
 * Finds the bins of every feature and puts every value into its bin.
 *
 * @param categories per feature, how many codes are to be bins of their own; 0 for a number
 */
export function binFeatures(
  machine: TreeMachine,
  matrix: FeatureMatrix,
  maxBins: number,
  random: RandomStream,
  categories?: Int32Array,
): BinnedFeatures {
  const { memory, crew } = machine;
  const { rows, width } = matrix;
  const groups = Math.ceil(width / 4);
  const quads = memory.take(groups * rows * 4);
  const table = memory.take(groups * 4 * ENTRY_BYTES);
  const desk = new BinDesk(machine, matrix, random);
  const stretches = stretchesOf(rows, crew);
  const features: BinnedFeature[] = [];
  let offset = 0;
  if (groups > 0) desk.copyGroup(0);
  for (let group = 0; group < groups; group += 1) {
    const own = Array.from({ length: Math.min(4, width - group * 4) }, (_, i) => group * 4 + i);
    const numbers = crew.run(own.map((feature) => [desk.sort(feature)]));
    for (const [i, feature] of own.entries()) {
      const binned = binsOf(feature, numbers[i] ?? 0, offset);
      const flags = Number(binned.hasMissing) | (binned.occurs === undefined ? 0 : SKIPPED);
      memory.int32(table + feature * ENTRY_BYTES, 3).set([offset, binned.bins, flags]);
      offset += binned.bins + Number(binned.hasMissing);
      features.push(binned);
    }
    // Each thread all four features of its rows, which lie side by side.
    const edges = own.map((feature) => desk.placeEdges(feature, features[feature]?.edges ?? NONE));
    crew.run(
      stretches.map(({ from, count }) =>
        own.map((feature, i): TreeCall => {
          const out = quads + group * rows * 4 + from * 4 + i;
          const { bins = 0 } = features[feature] ?? {};
          return ['binValues', desk.column(feature) + from * 4, count, edges[i] ?? 0, bins, out];
        }),
      ),
      () => {
        if (group + 1 < groups) desk.copyGroup(group + 1);
      },
    );
  }
  for (let filler = width; filler < groups * 4; filler += 1, offset += 1) {
    memory.int32(table + filler * ENTRY_BYTES, 1)[0] = offset;
  }
  return { rows, features, groups, quads, table, totalBins: offset };

  function binsOf(feature: number, numbers: number, at: number): BinnedFeature {
    const codes = categories?.[feature] ?? 0;
    const edges =
      codes > 0
        ? Float32Array.from({ length: codes - 1 }, (_, code) => code + 0.5)
        : binEdges(desk.sorted(feature, numbers), maxBins);
    return {
      ...{ edges, bins: edges.length + 1, offset: at },
      hasMissing: desk.hasMissing(feature, numbers),
      ...(codes > 0 && { occurs: occurring(desk.values(feature), codes) }),
    };
  }
}

const NONE = new Float32Array(0);

/** A 1 for each of the codes that is there. */
function occurring(values: Float32Array, codes: number): Uint8Array {
  const occurs = new Uint8Array(codes);
  for (const value of values) if (value >= 0) occurs[value] = 1;
  return occurs;
}
