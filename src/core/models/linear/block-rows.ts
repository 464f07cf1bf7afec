import type { Address } from '#core/kernels/kernel-memory.ts';
import type { LinearMachine } from '#core/kernels/linear-kernels.ts';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { SparseRows } from '#core/features/sparse-rows.ts';

/** A block's features take about so many bytes: they stay near the processor between the two products. */
const BLOCK_BYTES = 65_536;
const MOST_ROWS = 512;

/** Scores or factors of a block in the kernels' memory, set after set and `stride` bytes apart. */
export interface BlockScores {
  readonly sets: number;
  readonly at: Address;
  readonly stride: number;
}

/** Features of a block of rows in the kernels' memory, and their products. */
export interface BlockRows {
  /** Most rows of a block; a multiple of four. */
  readonly size: number;
  /** Cells of a row, in the mean. */
  readonly cells: number;
  /** [size, width]; empty where features are sparse. To be asked for when nothing takes room any more. */
  values(): Float32Array;
  /** Makes these rows those of the block. */
  bring(from: number, to: number): void;
  /** Writes the scores of so many rows; of those that make a multiple of four of them, any number. */
  score(rows: number, coefficients: Address, scores: BlockScores): void;
  /** Adds so many rows, each times its factors, to the gradients; factors past them are 0. */
  add(rows: number, factors: BlockScores, gradient: Address): void;
}

export function blockRows(machine: LinearMachine, features: FeatureMatrix): BlockRows {
  const { sparse, width, rows } = features;
  return sparse === undefined
    ? denseRows(machine, features)
    : sparseRows(machine, sparse, rows, width);
}

/** Copies each block: that is a small part of a pass, and memory does not grow with the rows. */
function denseRows({ kernels, memory }: LinearMachine, features: FeatureMatrix): BlockRows {
  const { width, values } = features;
  const size = rowsOfBlock(4 * width, BLOCK_BYTES);
  const own = memory.take(4 * size * width);
  const block = (): Float32Array => memory.float32(own, size * width);
  return {
    size,
    cells: width,
    values: block,
    bring: (from, to) => {
      block().set(values.subarray(from * width, to * width));
    },
    score: (rows, coefficients, { sets, at, stride }) => {
      kernels.scoreRows(own, width, fours(rows), coefficients, sets, at, stride);
    },
    add: (rows, { sets, at, stride }, gradient) => {
      kernels.addRows(own, width, fours(rows), at, sets, stride, gradient);
    },
  };
}

/** Copies all rows at once: few cells of each are kept, and a product reads each only twice. */
function sparseRows(
  { kernels, memory }: LinearMachine,
  sparse: SparseRows,
  rows: number,
  width: number,
): BlockRows {
  const kept = sparse.values.length;
  const [starts, places, values] = [
    memory.take(4 * (rows + 1)),
    memory.take(4 * kept),
    memory.take(4 * kept),
  ];
  memory.int32(starts, rows + 1).set(sparse.starts);
  memory.int32(places, kept).set(sparse.places);
  memory.float32(values, kept).set(sparse.values);
  const cells = kept / Math.max(1, rows);
  let first = starts;
  return {
    size: rowsOfBlock(8 * cells, 8 * BLOCK_BYTES),
    cells,
    values: () => new Float32Array(0),
    bring: (from) => {
      first = starts + 4 * from;
    },
    score: (count, coefficients, { sets, at, stride }) => {
      kernels.scoreSparseRows(
        ...([first, places, values, width, count] as const),
        ...([coefficients, sets, at, stride] as const),
      );
    },
    add: (count, { sets, at, stride }, gradient) => {
      kernels.addSparseRows(
        ...([first, places, values, width, count] as const),
        ...([at, sets, stride, gradient] as const),
      );
    },
  };
}

function fours(rows: number): number {
  return 4 * Math.ceil(rows / 4);
}

/** A multiple of four. */
function rowsOfBlock(bytesOfRow: number, bytes: number): number {
  const fitting = Math.floor(bytes / 4 / Math.max(1, bytesOfRow));
  return 4 * Math.min(Math.max(1, fitting), MOST_ROWS / 4);
}
