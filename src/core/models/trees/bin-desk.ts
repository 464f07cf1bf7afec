import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TreeCall, TreeMachine } from '#core/kernels/tree-kernels.ts';
import type { RandomStream } from '#core/random.ts';

/** Quantiles are taken from this many rows at most, as scikit-learn does. */
const SAMPLE_ROWS = 200_000;
const MOST_EDGES = 256;

/** Where one of a group's four features is made ready for its bins. */
interface Lane {
  readonly sorted: Address;
  readonly scratch: Address;
  readonly counters: Address;
  readonly edges: Address;
}

/** Room for binning features group by group: a group's columns are copied in while the one before is worked on. */
export class BinDesk {
  readonly #machine: TreeMachine;
  readonly #matrix: FeatureMatrix;
  readonly #sample: Int32Array | undefined;
  readonly #columns: readonly [readonly Address[], readonly Address[]];
  readonly #lanes: readonly Lane[];

  constructor(machine: TreeMachine, matrix: FeatureMatrix, random: RandomStream) {
    const { memory } = machine;
    const { rows } = matrix;
    const sampled = Math.min(rows, SAMPLE_ROWS) * 4;
    const columns = (): Address[] => [0, 1, 2, 3].map(() => memory.take(rows * 4));
    this.#machine = machine;
    this.#matrix = matrix;
    this.#sample = sampleRows(rows, random);
    this.#columns = [columns(), columns()];
    this.#lanes = [0, 1, 2, 3].map(() => ({
      sorted: memory.take(sampled),
      scratch: memory.take(sampled),
      counters: memory.take(3 * 2048 * 4),
      edges: memory.take(MOST_EDGES * 4),
    }));
  }

  /** Every row's value of a feature, float32, once its group is copied. */
  column(feature: number): Address {
    return this.#columns[(feature >> 2) & 1]?.[feature & 3] ?? 0;
  }

  values(feature: number): Float32Array {
    return this.#machine.memory.float32(this.column(feature), this.#matrix.rows);
  }

  /** Copies a group's columns out of the matrix, in one pass over its rows. */
  copyGroup(group: number): void {
    const { values, width, rows } = this.#matrix;
    const lanes = [0, 1, 2, 3].map((lane) => this.values(group * 4 + lane));
    const [a, b, c, d] = lanes;
    if (a === undefined || b === undefined || c === undefined || d === undefined) return;
    // Where the last group has fewer features, what follows in the matrix is copied and not looked at.
    for (let i = 0, at = group * 4; i < rows; i += 1, at += width) {
      a[i] = values[at] ?? 0;
      b[i] = values[at + 1] ?? 0;
      c[i] = values[at + 2] ?? 0;
      d[i] = values[at + 3] ?? 0;
    }
  }

  /** Sorts the numbers of a feature's sampled rows, and gives how many there are. */
  sort(feature: number): TreeCall {
    const { rows } = this.#matrix;
    const { sorted, scratch, counters } = this.#lane(feature);
    const sample = this.#sample;
    if (sample === undefined) {
      return ['sortValues', this.column(feature), rows, sorted, scratch, counters];
    }
    const values = this.values(feature);
    const chosen = this.#machine.memory.float32(sorted, sample.length);
    for (const [i, row] of sample.entries()) chosen[i] = values[row] ?? 0;
    return ['sortValues', sorted, sample.length, sorted, scratch, counters];
  }

  sorted(feature: number, numbers: number): Float32Array {
    return this.#machine.memory.float32(this.#lane(feature).sorted, numbers);
  }

  /** @param numbers how many its sampled rows have */
  hasMissing(feature: number, numbers: number): boolean {
    if (this.#sample === undefined) return numbers < this.#matrix.rows;
    return numbers < this.#sample.length || hasNaN(this.values(feature));
  }

  /** Where a feature's edges are, as `binValues` reads them. */
  placeEdges(feature: number, edges: Float32Array): Address {
    const { edges: at } = this.#lane(feature);
    this.#machine.memory.float32(at, MOST_EDGES).fill(Infinity).set(edges);
    return at;
  }

  #lane(feature: number): Lane {
    const lane = this.#lanes[feature & 3];
    if (lane === undefined) throw new RangeError('a group has four features');
    return lane;
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

function hasNaN(values: Float32Array): boolean {
  // One NaN makes a sum NaN; so do infinities of both signs, which features never hold.
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i] ?? 0;
  return Number.isNaN(sum);
}
