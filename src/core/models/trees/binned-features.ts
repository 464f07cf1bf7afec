import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TreeMachine } from '#core/kernels/tree-kernels.ts';
import { stretchesOf } from '#core/parallel/stretches.ts';
import type { RandomStream } from '#core/random.ts';
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

/** Quantiles are taken from this many rows at most, as scikit-learn does. */
const SAMPLE_ROWS = 200_000;
export const MOST_BINS = 255;

/** In the table: the split search of numbers leaves the feature out. */
const OF_CATEGORIES = 2;

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
  const { memory } = machine;
  const { rows, width } = matrix;
  const groups = Math.ceil(width / 4);
  const quads = memory.take(groups * rows * 4);
  const table = memory.take(groups * 4 * 16);
  const desk = takeDesk(machine, rows);
  const sample = sampleRows(rows, random);
  const stretches = stretchesOf(rows, machine.crew);
  const features: BinnedFeature[] = [];
  let offset = 0;
  for (let group = 0; group < groups; group += 1) {
    copyColumns(machine, matrix, group, desk);
    for (let lane = 0; lane < Math.min(4, width - group * 4); lane += 1) {
      const values = desk.columns[lane] ?? 0;
      const codes = categories?.[features.length] ?? 0;
      const edges =
        codes > 0
          ? Float32Array.from({ length: codes - 1 }, (_, code) => code + 0.5)
          : quantileEdges(machine, values, rows, sample, desk, maxBins);
      const hasMissing = hasNaN(memory.float32(values, rows));
      const feature = {
        ...{ edges, bins: edges.length + 1, hasMissing, offset },
        ...(codes > 0 && { occurs: occurring(memory.float32(values, rows), codes) }),
      };
      memory.float32(desk.edges, 256).fill(Infinity).set(edges);
      const out = quads + group * rows * 4 + lane;
      machine.crew.run(
        stretches.map(({ from, count }) => [
          ['binValues', values + from * 4, count, desk.edges, feature.bins, out + from * 4],
        ]),
      );
      memory
        .int32(table + features.length * 16, 3)
        .set([offset, feature.bins, Number(hasMissing) | (codes > 0 ? OF_CATEGORIES : 0)]);
      offset += feature.bins + (hasMissing ? 1 : 0);
      features.push(feature);
    }
  }
  for (let filler = width; filler < groups * 4; filler += 1, offset += 1) {
    memory.int32(table + filler * 16, 1)[0] = offset;
  }
  return { rows, features, groups, quads, table, totalBins: offset };
}

/** Room that binning works in. */
interface Desk {
  readonly columns: readonly Address[];
  readonly sorted: Address;
  readonly scratch: Address;
  readonly counters: Address;
  readonly edges: Address;
}

function takeDesk({ memory }: TreeMachine, rows: number): Desk {
  const most = Math.min(rows, SAMPLE_ROWS) * 4;
  return {
    columns: [0, 1, 2, 3].map(() => memory.take(rows * 4)),
    sorted: memory.take(most),
    scratch: memory.take(most),
    counters: memory.take(3 * 2048 * 4),
    edges: memory.take(256 * 4),
  };
}

/** Copies a group's columns out of the matrix, all in one pass over its rows. */
function copyColumns(
  { memory }: TreeMachine,
  { rows, width, values }: FeatureMatrix,
  group: number,
  { columns }: Desk,
): void {
  const lanes = columns.slice(0, width - group * 4).map((column) => memory.float32(column, rows));
  const start = group * 4;
  for (let from = 0; from < rows; from += 1024) {
    const to = Math.min(rows, from + 1024);
    for (const [lane, column] of lanes.entries()) {
      for (let i = from; i < to; i += 1) column[i] = values[i * width + start + lane] ?? 0;
    }
  }
}

/** Rows whose values make the quantiles: one of each stretch where there are too many; undefined for all. */
function sampleRows(rows: number, random: RandomStream): Int32Array | undefined {
  if (rows <= SAMPLE_ROWS) return undefined;
  const stretch = rows / SAMPLE_ROWS;
  return Int32Array.from({ length: SAMPLE_ROWS }, (_, i) =>
    Math.floor((i + random.uniform()) * stretch),
  );
}

function quantileEdges(
  machine: TreeMachine,
  values: Address,
  rows: number,
  sample: Int32Array | undefined,
  desk: Desk,
  maxBins: number,
): Float32Array {
  const numbers = sortedSample(machine, values, rows, sample, desk);
  return binEdges(machine.memory.float32(desk.sorted, numbers), maxBins);
}

/** A 1 for each of the codes that is there. */
function occurring(values: Float32Array, codes: number): Uint8Array {
  const occurs = new Uint8Array(codes);
  for (const value of values) if (value >= 0) occurs[value] = 1;
  return occurs;
}

/** Sorts the sampled values of a column into the desk, and says how many are numbers. */
function sortedSample(
  { memory, kernels }: TreeMachine,
  column: Address,
  rows: number,
  sample: Int32Array | undefined,
  { sorted, scratch, counters }: Desk,
): number {
  const values = memory.float32(column, rows);
  const chosen = memory.float32(sorted, sample?.length ?? rows);
  if (sample === undefined) chosen.set(values);
  else for (const [i, row] of sample.entries()) chosen[i] = values[row] ?? 0;
  return kernels.sortValues(sorted, chosen.length, scratch, counters);
}

function hasNaN(values: Float32Array): boolean {
  // One NaN makes a sum NaN; so do infinities of both signs, which features never hold.
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i] ?? 0;
  return Number.isNaN(sum);
}
