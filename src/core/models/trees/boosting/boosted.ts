import type { Address } from '#core/kernels/kernel-memory.ts';
import type { TreeCall, TreeMachine } from '#core/kernels/tree-kernels.ts';
import { stretchesOf } from '#core/parallel/stretches.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import type { BinnedFeatures } from '../binned-features.ts';
import { LeafWiseGrower, type GrownLeaf, type LeafWiseOptions } from './leaf-wise.ts';
import { meanLoss, takeRows, type BoostingLoss } from './losses/loss.ts';
import { addTrees } from '../sum-trees.ts';
import { TreeList } from '../tree-list.ts';

/** The training loss is measured on about so many rows. */
const LOSS_ROWS = 2000;

/** An entry of the table of leaves that `addToScores` reads. */
const LEAF_BYTES = 16;

/** The trees so far, with the training rows' scores. */
export class Boosted {
  readonly trees = new TreeList();
  readonly baseline: Float64Array;
  readonly #machine: TreeMachine;
  readonly #loss: BoostingLoss;
  readonly #target: Float64Array;
  readonly #data: TrainingData;
  readonly #learningRate: number;
  readonly #rows;
  readonly #gradients;
  readonly #sums;
  readonly #leaves: Address;
  readonly #grower: LeafWiseGrower;

  constructor(
    machine: TreeMachine,
    binned: BinnedFeatures,
    data: TrainingData,
    loss: BoostingLoss,
    options: LeafWiseOptions,
  ) {
    this.#machine = machine;
    this.#loss = loss;
    this.#target = loss.targetOf(data);
    this.#data = data;
    this.#learningRate = options.learningRate;
    this.baseline = loss.baseline(this.#target, data);
    this.#rows = takeRows(machine, this.#target, data.weights, this.baseline);
    this.#gradients = loss.gradients(machine, this.#rows, data);
    this.#sums = machine.memory.take(this.#rows.stride * 2);
    this.#leaves = machine.memory.take(options.maxLeaves * LEAF_BYTES);
    this.#grower = new LeafWiseGrower(machine, binned, options);
  }

  get outputs(): number {
    return this.baseline.length;
  }

  /**
   * Makes ready what the next iteration's trees follow: they all follow the same probabilities.
   * @param meanwhile what this thread does while others make it ready, like measuring how good the trees are so far
   */
  prepare(meanwhile: () => void): void {
    this.#gradients.prepare(meanwhile);
  }

  /** Adds the next tree of one output. */
  addTree(output: number): void {
    const unit = this.#gradients.write(output, this.#sums);
    const scores = this.#rows.scores + output * this.#rows.stride;
    const leaves = this.#grower.grow(this.#sums, unit, this.trees);
    const { crew, memory } = this.#machine;
    const { words, doubles } = memory;
    for (const [i, leaf] of leaves.entries()) {
      const at = this.#leaves + i * LEAF_BYTES;
      words[at / 4] = leaf.rows;
      words[at / 4 + 1] = leaf.count;
      doubles[at / 8 + 1] = this.#valueOf(leaf);
    }
    crew.run(
      stretchesOf(this.#rows.rows, crew).map(({ from, count }): readonly TreeCall[] => [
        ['addToScores', this.#leaves, leaves.length, from, from + count, scores],
      ]),
    );
  }

  /** Of every row or query, or of evenly spaced ones where there are many. */
  loss(): number {
    const { rows, stride, scores } = this.#rows;
    const all = this.#machine.memory.float64(scores, (stride / 8) * this.outputs);
    const own = new Float64Array(this.outputs);
    const scoresOf = (row: number): Float64Array => {
      for (let k = 0; k < own.length; k += 1) own[k] = all[(k * stride) / 8 + row] ?? 0;
      return own;
    };
    const every = Math.ceil(rows / LOSS_ROWS);
    return meanLoss(this.#loss, this.#data, this.#target, scoresOf, every) ?? 0;
  }

  /** The value that a leaf was grown with, or the loss's own. */
  #valueOf({ node, rows, count, value }: GrownLeaf): number {
    if (this.#loss.leafValue === undefined) return value;
    const { memory } = this.#machine;
    const scores = memory.float64(this.#rows.scores, this.#rows.rows);
    const own = memory.int32(rows, count);
    const residuals = Float64Array.from(own, (i) => (this.#target[i] ?? 0) - (scores[i] ?? 0));
    const { weights: all } = this.#data;
    const weights = all && Float64Array.from(own, (i) => all[i] ?? 0);
    const fitted = Math.fround(this.#learningRate * this.#loss.leafValue(residuals, weights));
    this.trees.setValue(node, fitted);
    return fitted;
  }
}

/** Rows that are only looked at, with their scores. */
export class Watched {
  readonly #data: TrainingData;
  readonly #loss: BoostingLoss;
  readonly #target: Float64Array;
  readonly #outputs: number;
  readonly #scores: Float64Array;

  constructor(data: TrainingData, loss: BoostingLoss, baseline: Float64Array) {
    this.#data = data;
    this.#loss = loss;
    this.#target = loss.targetOf(data);
    this.#outputs = baseline.length;
    this.#scores = startScores(data.features.rows, baseline);
  }

  add(trees: TreeList, from: number): void {
    if (this.#scores.length === 0) return;
    addTrees(trees.treesFrom(from), this.#data.features, this.#scores, this.#outputs);
  }

  loss(): number | null {
    if (this.#scores.length === 0) return null;
    const scoresOf = (row: number): Float64Array =>
      this.#scores.subarray(row * this.#outputs, (row + 1) * this.#outputs);
    return meanLoss(this.#loss, this.#data, this.#target, scoresOf);
  }
}

/** Every row's scores before the first tree, [rows, outputs]. */
export function startScores(rows: number, baseline: Float64Array): Float64Array {
  return Float64Array.from(
    { length: rows * baseline.length },
    (_, i) => baseline[i % baseline.length] ?? 0,
  );
}
