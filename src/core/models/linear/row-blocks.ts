import {
  setLength,
  startLinearMachine,
  type LinearKernels,
  type LinearMachine,
} from '#core/kernels/linear-kernels.ts';
import type { Breather } from '#core/breather.ts';
import type { TrainingData } from '../estimator.ts';
import { blockRows, type BlockRows, type BlockScores } from './block-rows.ts';
import { sparseMoments } from './sparse-moments.ts';
import { rowWeights } from '../row-weights.ts';

/** Cells between two looks at the event loop. */
const CELLS_AT_ONCE = 4_000_000;

/** A block of rows in the kernels' memory. */
export interface RowBlock {
  readonly kernels: LinearKernels;
  /** [rows, width]; empty where features are sparse. */
  readonly values: Float32Array;
  /** [sets][rows] */
  readonly scores: Float64Array;
  /** Bytes from one set's scores to the next's. */
  readonly stride: number;
  readonly target: Float64Array;
  /** What each row counts. */
  readonly counts: Float64Array;
}

/**
 * Σ loss of a block's rows, which are a multiple of four: those past the last count 0. Turns each score into the loss's
 * derivative by it.
 */
export type BlockLoss = (block: RowBlock, rows: number) => number;

/**
 * Linear scores of all rows, and gradients of what is lost by them. In each pass rows go through the kernels block after
 * block.
 */
export class RowBlocks {
  /** Sets of coefficients, of `width` features and an intercept each. */
  readonly sets: number;
  readonly width: number;
  readonly rows: number;
  /** What each row counts, and all together. */
  readonly counts: Float64Array;
  readonly total: number;
  readonly #data: TrainingData;
  readonly #breather: Breather | undefined;
  readonly #rows: BlockRows;
  readonly #block: RowBlock;
  /** Coefficients and gradient, [sets][setLength]. */
  readonly #coefficients: Float64Array;
  readonly #gradient: Float64Array;
  /** Each feature's first value, and sums of the differences from it and of their squares: [3][setLength]. */
  readonly #moments: Float64Array;

  /** @param breather is asked for a pause every few million cells */
  static async over(data: TrainingData, sets: number, breather?: Breather): Promise<RowBlocks> {
    return new RowBlocks(await startLinearMachine(), data, sets, breather);
  }

  private constructor(
    machine: LinearMachine,
    data: TrainingData,
    sets: number,
    breather: Breather | undefined,
  ) {
    this.#data = data;
    this.#breather = breather;
    this.sets = sets;
    this.width = data.features.width;
    this.rows = data.features.rows;
    this.counts = rowWeights(data);
    this.total = this.counts.reduce((sum, count) => sum + count, 0);
    const { kernels, memory } = machine;
    this.#rows = blockRows(machine, data.features);
    const [size, set] = [this.#rows.size, setLength(this.width)];
    const length = size * (sets + 2) + set * (2 * sets + 3);
    const room = memory.float64(memory.take(8 * length), length);
    let end = 0;
    const next = (count: number): Float64Array => room.subarray(end, (end += count));
    const block = { scores: next(size * sets), target: next(size), counts: next(size) };
    this.#coefficients = next(sets * set);
    this.#gradient = next(sets * set);
    this.#moments = next(3 * set);
    this.#block = { ...block, kernels, values: this.#rows.values(), stride: 8 * size };
  }

  /**
   * Mean loss of all rows, by what they count; fills its gradient where one is asked for.
   * @param point [width, sets] coefficients row-major, then [sets] intercepts
   */
  async mean(point: Float64Array, gradient: Float64Array | null, loss: BlockLoss): Promise<number> {
    const [coefficients, slopes] = [this.#coefficients.byteOffset, this.#gradient.byteOffset];
    const scores = this.#scores();
    this.#spread(point);
    this.#gradient.fill(0);
    let sum = 0;
    await this.#pass((rows) => {
      this.#rows.score(rows, coefficients, scores);
      sum += loss(this.#block, 4 * Math.ceil(rows / 4));
      if (gradient !== null) this.#rows.add(rows, scores, slopes);
    });
    if (gradient !== null) this.#gather(gradient);
    return sum / this.total;
  }

  /**
   * Each set's Σ of rows times their factors, and at the end Σ of the factors: [sets][width + 1].
   * @param fill writes the factors of a block's rows where scores stand; it is 0 where a row counts 0
   */
  async sums(fill: (block: RowBlock) => void): Promise<readonly Float64Array[]> {
    const { sets, width } = this;
    const scores = this.#scores();
    this.#gradient.fill(0);
    await this.#pass((rows) => {
      fill(this.#block);
      this.#rows.add(rows, scores, this.#gradient.byteOffset);
    });
    const set = setLength(width);
    return Array.from({ length: sets }, (_, k) => {
      const own = this.#gradient.subarray(k * set, (k + 1) * set);
      const sums = own.slice(0, width + 1);
      sums[width] = own[set - 1] ?? 0;
      return sums;
    });
  }

  /** Each feature's first value, and Σ of what rows differ from it and Σ of its square: [width] each. */
  async moments(): Promise<Record<'first' | 'sums' | 'squares', Float64Array>> {
    const { features } = this.#data;
    const { width } = this;
    if (features.sparse !== undefined) return sparseMoments(features.sparse, width);
    const set = setLength(width);
    this.#moments.fill(0).set(features.values.subarray(0, width));
    const [first = 0, sums = 0, squares = 0] = [0, 1, 2].map(
      (part) => this.#moments.byteOffset + 8 * part * set,
    );
    await this.#pass((rows) => {
      this.#block.kernels.addMoments(
        this.#block.values.byteOffset,
        width,
        rows,
        first,
        sums,
        squares,
      );
    });
    const part = (at: number): Float64Array => this.#moments.slice(at * set, at * set + width);
    return { first: part(0), sums: part(1), squares: part(2) };
  }

  #scores(): BlockScores {
    const { scores, stride } = this.#block;
    return { sets: this.sets, at: scores.byteOffset, stride };
  }

  /** Brings all rows to the kernels, block after block. */
  async #pass(visit: (rows: number) => void): Promise<void> {
    const { target } = this.#data;
    const { rows } = this;
    const { size, cells: perRow } = this.#rows;
    let cells = CELLS_AT_ONCE;
    for (let from = 0; from < rows; from += size) {
      if (cells >= CELLS_AT_ONCE) {
        cells = 0;
        await this.#breather?.breathe();
      }
      const to = Math.min(from + size, rows);
      this.#rows.bring(from, to);
      this.#block.target.set(target.subarray(from, to));
      this.#block.counts.set(this.counts.subarray(from, to));
      this.#block.counts.fill(0, to - from);
      visit(to - from);
      cells += (to - from) * perRow * this.sets;
    }
  }

  /** A point in the kernels' order. */
  #spread(point: Float64Array): void {
    const { sets, width } = this;
    const set = setLength(width);
    for (let k = 0; k < sets; k += 1) {
      for (let j = 0; j < width; j += 1) {
        this.#coefficients[k * set + j] = point[j * sets + k] ?? 0;
      }
      this.#coefficients.fill(point[width * sets + k] ?? 0, (k + 1) * set - 2, (k + 1) * set);
    }
  }

  /** The mean gradient in a point's order. */
  #gather(gradient: Float64Array): void {
    const { sets, width } = this;
    const set = setLength(width);
    for (let k = 0; k < sets; k += 1) {
      for (let j = 0; j < width; j += 1) {
        gradient[j * sets + k] = (this.#gradient[k * set + j] ?? 0) / this.total;
      }
      gradient[width * sets + k] = (this.#gradient[(k + 1) * set - 1] ?? 0) / this.total;
    }
  }
}
